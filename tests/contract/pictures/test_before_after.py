"""The picture in the README is what the local cloud shows today."""

from tests.contract.pictures.before_after import PICTURES, pictures


def test_the_picture_drawn_anew_is_the_same():
    for file, drawn in pictures().items():
        assert (PICTURES / file).read_text() == drawn, "run `make pictures`"
