"""The commands by what they are for: options in, one function of `commands` called, its outcome given to one view."""
