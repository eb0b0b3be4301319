"""The matrix, records, and what is recorded in them."""

from django.urls import path

from competence.views import acts, matrix, qualified, records

urlpatterns = [
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/cell/", matrix.explain, name="matrix_cell"),
    path("matrix/xlsx/", matrix.xlsx, name="matrix_xlsx"),
    path("matrix/qualified/", qualified.qualified, name="qualified"),
    path("matrix/qualified/xlsx/", qualified.xlsx, name="qualified_xlsx"),
    path("record/", records.own_record, name="own_record"),
    path("record/<int:employee_id>/", records.record, name="record"),
    path("record/<int:employee_id>/observe/", acts.observe_view, name="observe"),
    path("record/<int:employee_id>/suspend/", acts.suspend_view, name="suspend"),
    path("record/<int:employee_id>/override/", acts.override_view, name="override"),
    path("record/override/<int:proposal_id>/", acts.decide_override_view, name="decide_override"),
    path("record/event/<int:event_id>/withdraw/", acts.withdraw_view, name="withdraw"),
]
