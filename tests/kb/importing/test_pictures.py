"""Which pictures may be stored, by content and not by name."""

import io

import pytest
from PIL import Image as Pillow

from kb.importing.context import PictureRefused
from kb.importing.pictures import checked
from tests.kb.importing.conftest import picture


@pytest.mark.parametrize(
    ("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("WEBP", "webp")]
)
def test_four_kinds_of_pictures_are_taken_as_they_are(kind, ending):
    content = picture(kind)

    assert checked(content, "any-name.txt") == (ending, content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "is not PNG"),
        (b"<html>", "is not PNG"),
        (b"", "is not PNG"),
        (picture("BMP"), "is not PNG"),
        (picture("PNG")[:50], "damaged"),
    ],
)
def test_anything_else_is_refused_whatever_its_name(content, words):
    with pytest.raises(PictureRefused, match=words):
        checked(content, "harmless.png")


def test_too_many_pixels_are_refused(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100

    with pytest.raises(PictureRefused, match="too many pixels"):
        checked(picture(size=(20, 20)), "big.png")


def test_too_many_bytes_are_refused(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10

    with pytest.raises(PictureRefused, match="larger than"):
        checked(picture(), "big.png")


def test_where_a_photograph_was_taken_is_not_stored():
    told = Pillow.Exif()
    told[0x0112] = 6
    told.get_ifd(0x8825)[1] = "N"
    content = picture("JPEG", exif=told)

    _ending, stored = checked(content, "photo.jpg")

    kept = Pillow.open(io.BytesIO(stored)).getexif()
    assert kept.get(0x0112) == 6
    assert not kept.get_ifd(0x8825)
