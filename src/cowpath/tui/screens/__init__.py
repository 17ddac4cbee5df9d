"""The screens of the terminal app and the dialogs they open."""
