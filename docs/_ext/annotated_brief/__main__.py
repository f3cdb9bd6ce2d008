"""`python -m annotated_brief`: the same command as `brief`."""

from .commands import main

if __name__ == "__main__":
    main()
