"""The story files of a pack: `stories/*.yaml` in its folder."""

from __future__ import annotations

from pathlib import Path

from reflect.packs.compile import PackText
from reflect.packs.location import Location, read_plain_file
from reflect.rehearsal.story import STORY_BYTES

STORIES = "stories"
MOST_FILES = 200


def story_files(location: Location) -> tuple[PackText, ...]:
    """The bytes of every story file of the pack at `location`, by name; none for a pack in a single file.

    Raises PackError "pack-not-readable".
    """
    if location.translations is None:
        return ()
    folder = Path(location.path)
    try:
        names = sorted(path.name for path in (folder / STORIES).iterdir() if path.suffix == ".yaml")
    except OSError:
        return ()
    return tuple(
        PackText(str(folder / STORIES / name), read_plain_file(folder, STORY_BYTES, STORIES, name))
        for name in names[:MOST_FILES]
    )
