"""`python -m site_builder` is `claims`."""

from site_builder.cli import main

main()
