"""Pictures and documents of the scene, each with canaries in title, file name and content."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.models import UploadedFile

from kb.models import Document, Image
from kb.selectors.reading import IMAGE_WIDTH
from tests.access.canaries import Canaries

# What a reading page shows, and what lists of the admin show.
SIZES = [IMAGE_WIDTH, "max-165x165", "original"]


class SceneFiles:
    """Files by the name of the article that uses them."""

    def __init__(self, canaries: Canaries) -> None:
        self.canaries = canaries
        self.images: dict[str, Image] = {}
        self.documents: dict[str, Document] = {}

    def image(self, key: str, *, allowed, shown=()) -> Image:
        """A picture nobody else has; its bytes in every size are the canary ``key.picture``."""
        put, number = self.canaries.put, len(self.images)
        put(f"{key}.picture", allowed=allowed, shown=shown)
        drawn = BytesIO()
        colour = (20 * number % 256, 255 - 11 * number, 7 * number)
        Picture.new("RGB", (40 + number, 30), colour).save(drawn, "PNG")
        name = put(f"{key}.image_file", allowed=allowed)
        image = Image.objects.create(
            title=put(f"{key}.image_title", allowed=allowed),
            file=ImageFile(BytesIO(drawn.getvalue()), name=f"{name}.png"),
        )
        self.canaries.put_picture(f"{key}.picture", drawn.getvalue())
        for size in SIZES:
            with image.get_rendition(size).file.open("rb") as file:
                self.canaries.put_picture(f"{key}.picture", file.read())
        self.images[key] = image
        return image

    def document(self, key: str, *, allowed, shown=()) -> Document:
        """A text file."""
        put = self.canaries.put
        content = put(f"{key}.document_text", allowed=allowed, shown=shown)
        name = put(f"{key}.document_file", allowed=allowed, shown=shown)
        document = Document.objects.create(
            title=put(f"{key}.document_title", allowed=allowed),
            file=ContentFile(content.encode(), name=f"{name}.txt"),
        )
        document.get_file_size()  # else the first reader's request would store it
        self.documents[key] = document
        return document

    def upload(self, by) -> UploadedFile:
        """A file that an editor has uploaded and not kept yet."""
        return UploadedFile.objects.create(
            for_content_type=None, uploaded_by_user=by, file=ContentFile(b"x", name="kept.txt")
        )
