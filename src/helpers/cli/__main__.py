"""Lets `python -m helpers.cli` be the command."""

from helpers.cli import main

main()
