"""The competence rule: evidence becomes a level, a level a state, a state opens a gate.

Pure values in and out: no framework, no database, no clock. The ledger holds events, nothing here holds a state.
Start reading at ``judging.judge``; ``docs/features/competence-rule.md`` lists the modules.
"""
