"""Every filter is a condition of the shape, a field of the form and a parameter of the call."""

from __future__ import annotations

from pandok.fields.counterfeit.api.cases import CaseQuery
from pandok.fields.counterfeit.lists.case_filter import FILTERS, CaseFilter
from pandok.fields.counterfeit.web.views.cases.filter_form import FilterForm, form_name


def test_filters_are_named_once() -> None:
    names = [one.name for one in FILTERS]
    assert {"text", *names} == set(CaseFilter.model_fields)
    assert set(CaseFilter.model_fields) == set(CaseQuery.model_fields) - {"tab", "cursor", "limit"}
    assert list(FilterForm().fields) == ["text", *(form_name(one) for one in FILTERS)]
