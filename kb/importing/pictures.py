"""Pictures that come along with documents: checked by content, stored once, named by their hash."""

import hashlib
import io

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from kb.importing.context import PictureRefused
from kb.importing.documents import SourceDocument
from kb.models import Image
from people.models import User

ENDINGS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
ORIENTATION, GPS = 0x0112, 0x8825


class Pictures:
    """The pictures of one import, by the hash of their content."""

    def __init__(self, *, by: User | None, dry_run: bool) -> None:
        self._by = by
        self._dry_run = dry_run
        self._known: dict[str, int] = {}

    def take(self, document: SourceDocument, source: str) -> int:
        """The stored image behind ``source`` in ``document``. Raises PictureRefused.

        Stored in a transaction of its own before the batch that shows it: an image that no article uses is
        seen by editors only, and the next run finds it by its hash.
        """
        if document.read_picture is None:
            raise PictureRefused(
                _("The picture “%(name)s” was not brought along.") % {"name": source[:80]}
            )
        content = document.read_picture(source)
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._known:
            self._known[digest] = self._find_or_store(content, digest, source)
        return self._known[digest]

    def _find_or_store(self, content: bytes, digest: str, source: str) -> int:
        found = Image.objects.filter(source_hash=digest).values_list("pk", flat=True).first()
        if found is not None:
            return found
        ending, content = checked(content, source)
        if self._dry_run:
            return 0
        name = source.rsplit("/", 1)[-1].rpartition(".")[0] or digest[:16]
        image = Image(
            title=name[:255],
            file=ContentFile(content, name=f"{digest[:32]}.{ending}"),
            source_hash=digest,
            uploaded_by_user=self._by,
        )
        with transaction.atomic():
            image.save()
        return image.pk


def checked(content: bytes, source: str) -> tuple[str, bytes]:
    """The ending of a picture that may be stored, and its bytes without a place on the map.

    Raises PictureRefused for anything but PNG, JPEG, GIF and WebP of a size that can be shown.
    """
    name = source[:80]
    if len(content) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise PictureRefused(
            _("The picture “%(name)s” is larger than %(n)d MB.")
            % {"name": name, "n": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // 2**20}
        )
    try:
        with Pillow.open(io.BytesIO(content), formats=list(ENDINGS)) as picture:
            kind = picture.format or ""
            pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
            if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise PictureRefused(
                    _("The picture “%(name)s” has too many pixels.") % {"name": name}
                )
            picture.load()
            if kind == "JPEG" and GPS in picture.getexif():
                content = _without_place(picture)
    except UnidentifiedImageError as error:
        raise PictureRefused(
            _("The picture “%(name)s” is not PNG, JPEG, GIF or WebP.") % {"name": name}
        ) from error
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError) as error:
        raise PictureRefused(_("The picture “%(name)s” is damaged.") % {"name": name}) from error
    return ENDINGS[kind], content


def _without_place(picture: Pillow.Image) -> bytes:
    """The same JPEG without where it was taken; only which side is up stays."""
    kept = Pillow.Exif()
    turned = picture.getexif().get(ORIENTATION)
    if turned:
        kept[ORIENTATION] = turned
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality="keep", exif=kept)
    return stream.getvalue()
