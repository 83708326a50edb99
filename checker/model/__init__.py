"""The words of the program as typed data; nothing in here opens a socket, reads a clock or a file."""
