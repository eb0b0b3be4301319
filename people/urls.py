"""URLs about oneself and other people."""

urlpatterns: list = []
