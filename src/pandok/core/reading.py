"""Reading: what a reader says of a signal. Ranked candidates with evidence, or an explicit "nothing close"."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pandok.core.text import Text

NAMED_FROM = 0.5
"""From this probability on a reading names a design, or look-alikes together."""
MOST_NAMED = 5
"""More look-alikes than these are no answer that a person could look through."""


class Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Box(Value):
    """A rectangle in pixels, origin top left; `x2`, `y2` lie just outside."""

    x1: int
    y1: int
    x2: int
    y2: int

    @property
    def width(self) -> int:
        return self.x2 - self.x1

    @property
    def height(self) -> int:
        return self.y2 - self.y1

    def as_tuple(self) -> tuple[int, int, int, int]:
        return (self.x1, self.y1, self.x2, self.y2)


class RegisteredDesign(Value):
    """The facts of one registered right that a reading shows.

    `status` is the legal status ("in force", "lapsed", "cancelled", "" unknown) on the day of the reading, and
    `recorded_with_customs` the recordal on that day.
    """

    design_id: str
    holder: str = ""
    article: str = ""
    locarno_class: str = ""
    status: str = ""
    recorded_with_customs: bool | None = None
    registration_number: str = ""
    further_classes: tuple[str, ...] = ()


class Region(Value):
    """One agreeing region: a box in the photograph and the box it agrees with in the registered view.

    Boxes are in pixels of the pictures as they are stored; `weight` is 0 to 1, the share of the agreement
    that this region carries.
    """

    photograph: Box
    view: Box
    weight: float


class Evidence(Value):
    """Why a candidate is in the list: which view of it, which photograph, which regions agree."""

    photograph_index: int
    view: str
    view_sha256: str = ""
    view_path: str = ""
    confirmed: bool = False
    """No registered view, but a photograph confirmed in the case whose number `view` gives: for customs only."""
    regions: tuple[Region, ...] = ()
    matched_points: int = 0
    components: dict[str, float] = Field(default_factory=dict)
    """Score of each component alone (see docs/algorithms/ranking.md), for the curious and for ablations."""


class Candidate(Value):
    """One registered design that the photographs may show. `probability` is calibrated: the chance that it is it."""

    rank: int
    design: RegisteredDesign
    probability: float
    score: float
    evidence: Evidence


class ComparedView(Value):
    """One view of a look-alike. `differs`: boxes in its own pixels where it does not agree with the first one's."""

    rank: int
    view: str
    view_sha256: str = ""
    confirmed: bool = False
    """As in Evidence; only where none of its registered views came near."""
    differs: tuple[Box, ...] = ()


class LookAlikes(Value):
    """Candidates whose registered views resemble each other so much that the photographs may be of any of them.

    `ranks` in their order, at least two; `probability`: that it is one of these. `views`: one of each, of the same name
    where every one of them has it.
    """

    ranks: tuple[int, ...]
    probability: float
    views: tuple[ComparedView, ...] = ()


class ArticleSuggestion(Value):
    """A suggested article class with its calibrated share."""

    locarno_class: str
    article: str
    probability: float


class CodeFound(Value):
    """A barcode or QR code on the goods. `symbology` as in ISO/IEC names ("EAN-13", "QR Code")."""

    symbology: str
    text: str
    box: Box


class WordsFound(Value):
    """A line of text on the goods; `confidence` 0 to 1."""

    text: str
    confidence: float
    box: Box


class MarksFound(Value):
    """Marks read on the goods: text lines and codes. Which registered word marks they name, the register decides."""

    words: tuple[WordsFound, ...] = ()
    codes: tuple[CodeFound, ...] = ()
    unavailable: tuple[Text, ...] = ()
    """Readers that are installed but could not work, and why."""
    looked_for: bool = True
    """False: nobody has looked for marks yet; in a rush the shape is read first."""


class Remark(Value):
    """A remark about one photograph that does not stop the reading ("a little dark"), or the reason why it stops."""

    photograph_index: int
    code: str
    text: Text
    blocking: bool = False


class Reading(Value):
    """What one reader says of the photographs of one article.

    `outcome` is "candidates" (the first is close enough to show as such), "nothing_close" (candidates are still
    listed, all below the threshold) or "unreadable" (no candidate; `remarks` say why).
    `probability_in_register` is the calibrated chance that the article is in the searched part of the register.
    """

    outcome: Literal["candidates", "nothing_close", "unreadable"]
    candidates: tuple[Candidate, ...] = ()
    look_alikes: tuple[LookAlikes, ...] = ()
    """Candidates that can only be named together."""
    probability_in_register: float = 0.0
    threshold: float = 0.5
    articles: tuple[ArticleSuggestion, ...] = ()
    goods: tuple[tuple[Box, ...], ...] = ()
    """For each photograph the boxes in which goods were found, the chosen one first."""
    marks: MarksFound = MarksFound()
    remarks: tuple[Remark, ...] = ()
    reader: str = ""
    """Name and version of the reader's model card."""
    searched_views: int = 0
    timings_ms: dict[str, float] = Field(default_factory=dict)

    @property
    def named(self) -> tuple[int, ...]:
        """Ranks of what the reading names: one candidate, or a few look-alikes together, where that is more likely
        right than wrong. Empty where candidates are listed and none can be named."""
        if self.outcome != "candidates":
            return ()
        for alike in self.look_alikes:
            if alike.probability >= NAMED_FROM and len(alike.ranks) <= MOST_NAMED:
                return alike.ranks
        together = {rank for alike in self.look_alikes for rank in alike.ranks}
        sure = [one.rank for one in self.candidates if one.probability >= NAMED_FROM and one.rank not in together]
        return tuple(sure[:1])

    @property
    def named_probability(self) -> float:
        """That it is one of `named`; 0 where nothing is named."""
        return min(1.0, sum(one.probability for one in self.candidates if one.rank in self.named))
