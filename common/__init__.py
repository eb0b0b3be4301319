"""The floor: mixins, events, extension points, access rules and template tags. No tables, no domain words."""
