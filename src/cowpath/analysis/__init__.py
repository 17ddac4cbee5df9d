"""What maps say beyond their elements: how two states differ, and what that takes away."""
