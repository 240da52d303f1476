"""Models, shares, outcomes and exceptions as values."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

import learnerlink
from learnerlink import models

POLLED = {
    "outcome": "shared",
    "message": "The learner shared their record.",
    "profile": "10099901",
    "deadlineAt": "2026-11-22T09:00:00.123456789Z",
    "polls": 2,
    "record": {
        "uln": "5123456782",
        "ulnValid": True,
        "lastName": "Súilleabháin",
        "primarySENType": "SLD",
        "qualifications": [{"title": "Maths", "grade": "A*", "underDataChallenge": False, "displaySort": 1}],
        "schools": [],
        "ofNextYear": {"a": [1]},
    },
    "alsoNew": 1.5,
}
TEXT = json.dumps(POLLED, ensure_ascii=False)


@pytest.fixture
def polled():
    return models.PollLearnerDataResponse.from_json(TEXT)


def test_a_model_has_attributes_lists_are_tuples_and_what_is_absent_is_none(polled):
    assert polled.record.primary_sen_type == "SLD"
    assert polled.record.qualifications[0].grade == "A*"
    assert polled.record.first_name is None
    assert polled.record.schools == ()
    assert models.Learner.from_dict({}).linked_ulns == ()


def test_unknown_keys_are_kept_and_the_text_is_exact(polled):
    assert polled.raw_json == TEXT
    assert polled.to_dict() == POLLED
    assert json.loads(polled.record.raw_json) == POLLED["record"]


def test_a_dictionary_of_a_model_is_a_copy(polled):
    polled.to_dict()["record"]["uln"] = "changed"
    assert polled.to_dict() == POLLED


def test_a_model_is_frozen(polled):
    with pytest.raises(AttributeError):
        polled.outcome = "else"


def test_a_model_made_by_hand_has_a_dictionary_too():
    share = models.ListSharesResponse(outcome="ok", shares=(models.Share.from_dict({"pattern": "A"}),))
    assert share.to_dict() == {"outcome": "ok", "shares": [{"pattern": "A"}]}
    assert json.loads(share.raw_json) == share.to_dict()


def test_nothing_personal_is_printed(polled):
    outcome = learnerlink.ShareOutcome(polled)
    shown = f"{polled!r} {polled.record!r} {outcome!r} {[outcome.record]}"
    for personal in ("5123456782", "Súilleabháin", "SLD", "Maths", "10099901"):
        assert personal not in shown
    assert "outcome='shared'" in shown and "ShareState.SHARED" in shown


def test_models_and_exceptions_can_be_pickled_and_copied(polled):
    assert pickle.loads(pickle.dumps(polled)) == polled == copy.deepcopy(polled)
    assert pickle.loads(pickle.dumps(polled)).raw_json == TEXT
    for kind in (learnerlink.InputError, learnerlink.TimedOutError, learnerlink.LibraryError):
        error = kind("what happened")
        error.status, error.code = 299, "X"
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), again.status, again.code, str(again)) == (kind, 299, "X", str(error))


def test_exceptions_are_also_those_that_python_programs_expect():
    assert issubclass(learnerlink.InputError, ValueError)
    assert issubclass(learnerlink.TimedOutError, TimeoutError)
    assert issubclass(learnerlink.LibraryError, OSError)
    assert issubclass(learnerlink.AuthenticationError, learnerlink.RemoteError)


def test_a_share_shows_itself_in_a_notebook(plugin):
    share = plugin.generate_qr_code("10099901")
    assert share._repr_png_() == share.image_bytes
    assert share.image_bytes.startswith(b"\x89PNG")
    assert share._repr_jpeg_() is None
    assert share.data_uri.startswith("data:image/png;base64,")
    assert share.correlation_id not in repr(share) and share.url not in repr(share)
    assert share.expires_at.tzinfo is not None
    assert json.loads(share.raw_json)["url"] == share.url


def test_a_word_of_a_newer_library_is_another_state():
    assert learnerlink.ShareState("shared") is learnerlink.ShareState.SHARED
    assert learnerlink.ShareState("postponed") is learnerlink.ShareState.OTHER


def test_a_wait_that_runs_out_is_pending_and_a_kept_id_is_enough(plugin):
    share = plugin.generate_qr_code("10099901")
    outcome = plugin.wait_for_learner_data(share.correlation_id, timeout=0)
    assert outcome.state is learnerlink.ShareState.PENDING
    assert outcome.record is None


def test_a_request_to_a_phone_is_waited_for_alike(plugin):
    asked = plugin.request_share(ukprn="10099901", mobile_number="07700900123", date_of_birth="2008-09-02")
    assert plugin.wait_for_learner_data(asked, timeout=0).state is learnerlink.ShareState.PENDING
    with pytest.raises(ValueError, match="no correlation id"):
        plugin.wait_for_learner_data(models.RequestShareResponse.from_dict({"outcome": "unknown"}))


EVENTS = models.FetchPlrResponse.from_dict(
    {"outcome": "found", "learningEvents": [{"subject": "Maths", "credits": "4"}, {"subject": "Art"}]}
)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_learning_events_become_a_frame(library):
    frame = learnerlink.learning_events_frame(EVENTS, library)
    assert list(frame["subject"]) == ["Maths", "Art"]
    assert frame.shape == (2, 22)


def test_the_frame_is_made_by_whatever_is_installed(monkeypatch):
    class Frames:
        String = "text"

        @staticmethod
        def DataFrame(columns, **_):
            return columns["subject"]

    def stub(name):
        if name == "pandas":
            raise ImportError(name)
        return Frames

    monkeypatch.setattr("importlib.import_module", stub)
    assert learnerlink.learning_events_frame(EVENTS) == ["Maths", "Art"]
    with pytest.raises(ImportError):
        learnerlink.learning_events_frame(EVENTS, "pandas")
