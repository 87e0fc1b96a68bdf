"""One module a command family: plain values in, one outcome value out."""
