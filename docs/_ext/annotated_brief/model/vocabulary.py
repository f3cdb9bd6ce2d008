"""The closed word lists of the edition, each written once.

Documentation tables, option checks, exports and style classes all read them from here.
"""

from __future__ import annotations

from enum import StrEnum


class Described(StrEnum):
    """A closed list of words; every member carries the sentence that defines it."""

    definition: str
    symbol: str

    def __new__(cls, value: str, definition: str, symbol: str = "") -> Described:
        """Return the member for *value* with its *definition* and print *symbol*."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.definition = definition
        member.symbol = symbol
        return member

    @property
    def shown(self) -> str:
        """The word as readers see it."""
        return self.replace("-", " ")

    @property
    def rank(self) -> int:
        """The place in the list, by which tables sort."""
        return list(type(self)).index(self)

    @classmethod
    def words(cls) -> str:
        """The members as a comma-separated list, for messages and help texts."""
        return ", ".join(cls)


class Verdict(Described):
    """What the evidence says of a claim; *symbol* tells verdicts apart without colour."""

    CORROBORATED = (
        "corroborated",
        "At least one source, independent of the author, says the same.",
        "●",
    )
    CLARIFIED = (
        "clarified",
        "Right as far as it goes, but a fact the reader needs is missing or blurred; the note supplies it.",
        "◐",
    )
    CORRECTED = ("corrected", "A source shows that the statement was wrong when written.", "■")
    UPDATED = (
        "updated",
        "Right, or open, when written; facts have changed since, and the note dates the change.",
        "▲",
    )
    DISPUTED = ("disputed", "At least two sources disagree, and both are named.", "◆")
    UNVERIFIED = (
        "unverified",
        "Searched for and not found, or not checkable; the note says which.",
        "○",
    )


MOTIVATIONS = {  # what a note does with the claim, in the motivations of the W3C Web Annotation model
    Verdict.CORROBORATED: "assessing",
    Verdict.CLARIFIED: "describing",
    Verdict.CORRECTED: "editing",
    Verdict.UPDATED: "describing",
    Verdict.DISPUTED: "assessing",
    Verdict.UNVERIFIED: "assessing",
}
RATINGS = {  # how far a claim stood up, as a rating (schema.org); a claim that was not verified has none
    Verdict.CORRECTED: 1,
    Verdict.DISPUTED: 2,
    Verdict.CLARIFIED: 3,
    Verdict.UPDATED: 4,
    Verdict.CORROBORATED: 5,
}
PARTS = {  # how the parts of an article outside its numbered paragraphs are called, by their ids
    "title": "the title",
    "bio": "the author",
    "image": "the photograph",
    "furniture": "the page",
    "staff": "the staff list",
}


class Grade(Described):
    """How near a source stands to the fact it is cited for."""

    PRIMARY = ("primary", "Treaty, law, transcript, official text or statistics from its issuer.")
    SCHOLARLY = ("scholarly", "Journal, book, thesis or think-tank study.")
    PRESS = ("press", "News and commentary, expert bulletins among them.")
    REFERENCE = ("reference", "Encyclopaedia, biography, directory or research-service note.")
    REPOST = ("repost", "A copy of somebody else’s text on a third party’s page.")


class Owner(Described):
    """Who stands behind a source."""

    STATE = ("state", "A state, its agencies, or media that it pays for.")
    PRIVATE = ("private", "A company or a private person.")
    ACADEMIC = ("academic", "A university or research institute.")
    INTERNATIONAL = ("international", "An international organisation or court.")
    NGO = ("ngo", "An association, foundation or think tank.")
    UNKNOWN = ("unknown", "Not established.")


class Outcome(Described):
    """What became of a recommendation."""

    DONE = ("done", "Carried out, at least in declarations or in form.", "●")
    PARTLY = ("partly", "Carried out in part.", "◐")
    CONTINUED = ("continued", "Kept up as before, neither widened nor ended.", "▷")
    MIXED = ("mixed", "Steps in both directions.", "◆")
    NOT_DONE = ("not-done", "Not carried out in anything read.", "○")
    UNTESTED = ("untested", "Events did not put it to the test.", "–")


class CardKind(Described):
    """What a term card is about."""

    BODY = ("body", "An organisation, institution, company or outlet.")
    TEXT = ("text", "A treaty, law, document or publication.")
    PROGRAMME = ("programme", "A programme, plan, exercise or instrument of policy.")
    CONCEPT = ("concept", "A word or idea on which the argument turns.")
    PLACE = ("place", "A place.")
    PERSON = ("person", "A person.")
    EVENT = ("event", "An event or anniversary.")

    @property
    def plural(self) -> str:
        """The heading of a list of such cards."""
        return {"body": "Bodies", "person": "People"}.get(self, f"{self.capitalize()}s")


class ActorKind(Described):
    """What an actor of the timeline is."""

    STATE = ("state", "A state.")
    BODY = ("body", "An organisation or institution.")
    PERSON = ("person", "A person.")
    GROUP = ("group", "Several states or persons that act together.")


class Lane(Described):
    """The lanes of the timeline."""

    RUSSIA = ("russia", "Russia")
    CHINA = ("china", "China")
    EU = ("eu", "European Union")
    US = ("us", "United States")
    CENTRAL_ASIA = ("central-asia", "Central Asia")
    INSTITUTIONS = ("institutions", "Institutions and others")


class Attribution(Described):
    """Whose recommendation it is."""

    LOOKING_FORWARD = ("looking-forward", "attributed by the article to *Looking Forward*")
    ARTICLE = ("article", "made or implied by the article itself")


class Light(Described):
    """What became of a source's address when it was last asked."""

    LIVE = ("live", "The address answers.", "●")
    ARCHIVED = ("archived", "The address is gone; an archive holds a copy.", "◐")
    GONE = ("gone", "The address is gone, and no archive is known to hold a copy.", "○")
    UNKNOWN = ("unknown", "The server refused a machine, or did not answer in time.", "?")
    NOT_CHECKED = ("not-checked", "Nobody has asked yet.", "–")
