"""The painter of the drawn exports: a placed diagram as shapes, with colours, text and a legend."""
