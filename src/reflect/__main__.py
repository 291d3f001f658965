"""`python -m reflect` is `reflect`."""

from reflect.cli.main import main

if __name__ == "__main__":
    main()
