"""The proving lab: sealed data, models as data, honest verdicts. Records and use cases."""
