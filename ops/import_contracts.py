"""A kind of import contract of our own: modules that only their own app may import."""

import grimp
from importlinter import Contract, ContractCheck, fields, output


class PrivateModules(Contract):
    """No app imports the modules named here from another app, except the apps named as importers."""

    type_name = "private"

    modules = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import of a private module."""
        private: list[str] = self.modules  # ty: ignore[invalid-assignment]
        importers: list[str] = self.importers  # ty: ignore[invalid-assignment]
        offences = []
        for imported in sorted(graph.modules):
            app, *rest = imported.split(".")
            if not rest or rest[0] not in private:
                continue
            for importer in sorted(graph.find_modules_that_directly_import(imported)):
                if importer.split(".")[0] not in (app, *importers):
                    details = graph.get_import_details(importer=importer, imported=imported)
                    line = details[0]["line_number"] if details else 0
                    offences.append(f"{importer}:{line} imports {imported}")
        return ContractCheck(kept=not offences, metadata={"offences": offences})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which import broke it."""
        for offence in check.metadata["offences"]:
            output.print_error(offence)
