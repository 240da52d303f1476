"""The operations of the catalogue as methods.

Generated from the Rust sources by `cargo run -p headergen`; do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar

from . import _models as models
from ._model import Response

R = TypeVar("R", bound=Response)


class Operations:
    """Every operation; each call blocks until there is an answer.

    Keywords of every operation:
        ukprn: The provider on whose behalf the call is made, by its UKPRN.
        profile: The provider or other organisation on whose behalf the call is made, by its profile's name;
            instead of `ukprn`.
        user: Who is asking, as the host knows them; goes to the audit trail and, where a service asks for it,
            to the service.
        trace_id: The host's own reference for this call; goes to the audit trail.
        timeout_ms: How long the operation may take, in milliseconds; `timeouts.operationMs` when absent.
    """

    __slots__ = ()

    def _call(self, operation: str, request: dict[str, Any], answer: type[R]) -> R:
        raise NotImplementedError

    def generate_qr(
        self,
        *,
        formats: Sequence[Literal["image", "svg", "text", "matrix"]] | None = None,
        source: Literal["service", "rendered"] | None = None,
        scale: int | None = None,
        light_terminal: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GenerateQrResponse:
        """Issues a request to share a record and returns its QR code (pattern A).

        Keywords:
            formats: The forms of the code to return; `["image"]` when empty.
            source: Which image to return: VERA's own, or one rendered here from the address.
            scale: Pixels per module of an image rendered here; 8 when absent.
            light_terminal: Draw the text for a light terminal; it is drawn for a dark one otherwise.

        Outcomes:
            `issued`: Show the code; then poll with the correlation id.
        """
        return self._call(
            "generate_qr",
            {
                "formats": formats,
                "source": source,
                "scale": scale,
                "lightTerminal": light_terminal,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GenerateQrResponse,
        )

    def poll_learner_data(
        self,
        *,
        correlation_id: str,
        wait_ms: int | None = None,
        record_format: Literal["typed", "raw"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.PollLearnerDataResponse:
        """Asks whether a learner has shared their record, at once or for up to `waitMs` (patterns A and C).

        Keywords:
            correlation_id: The handle from `generate_qr` or `request_share`.
            wait_ms: How long to wait for the learner, in milliseconds; 0 takes one step and returns.
            record_format: In which form to return the record.

        Outcomes:
            `pending`: The learner has not answered yet; keep waiting.
            `shared`: The learner agreed; the record is in `record` or `raw`.
            `declinedOrExpired`: The learner declined or let the time pass; VERA does not tell which. Start
                over.
            `timedOut`: No answer came before the local deadline. Start over.
            `cancelled`: The wait was cancelled here. The learner may still have agreed; a fetch by ULN would
                then succeed.
            `noLongerAvailable`: The record was shared before and cannot be read again; keep the copy you
                have.
            `unknown`: A request may have been sent to the learner, but VERA gave no handle to poll.
            `failed`: The share ended in an error before. Start over.
        """
        return self._call(
            "poll_learner_data",
            {
                "correlationId": correlation_id,
                "waitMs": wait_ms,
                "recordFormat": record_format,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.PollLearnerDataResponse,
        )

    def fetch_learner_data(
        self,
        *,
        uln: str,
        record_format: Literal["typed", "raw"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.FetchLearnerDataResponse:
        """Fetches the record of a learner who has already agreed to share it (pattern B).

        Keywords:
            uln: The learner.
            record_format: In which form to return the record.

        Outcomes:
            `shared`: The record is in `record` or `raw`.
            `notShared`: No consent of this learner for this provider is on file; ask the learner to share.
        """
        return self._call(
            "fetch_learner_data",
            {
                "uln": uln,
                "recordFormat": record_format,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.FetchLearnerDataResponse,
        )

    def check_learner(
        self,
        *,
        mobile_number: str,
        date_of_birth: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CheckLearnerResponse:
        """Asks whether a learner with this mobile number and date of birth can be asked to share (pattern C).

        Keywords:
            mobile_number: The learner's mobile number; blanks, hyphens, dots, brackets and `+44` are
                understood.
            date_of_birth: The learner's date of birth, `YYYY-MM-DD`.

        Outcomes:
            `exists`: The learner can be asked to share.
            `notEstablished`: No record could be found with these details; VERA does not tell which is wrong.
        """
        return self._call(
            "check_learner",
            {
                "mobileNumber": mobile_number,
                "dateOfBirth": date_of_birth,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CheckLearnerResponse,
        )

    def request_share(
        self,
        *,
        mobile_number: str,
        date_of_birth: str,
        force: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RequestShareResponse:
        """Sends a learner's phone a request to share and returns the code they must type (pattern C).

        Keywords:
            mobile_number: The learner's mobile number.
            date_of_birth: The learner's date of birth, `YYYY-MM-DD`.
            force: Send a request although one may be open; the learner is then notified again.

        Outcomes:
            `requested`: The learner was notified; show them the code and poll with the correlation id.
            `existing`: A request to this learner is still open; nothing was sent again. Set `force` to send
                another.
            `mayHaveBeenSent`: An earlier request may have reached the learner; nothing was sent again. Ask
                the learner, or set `force`.
            `alreadyPending`: VERA says that a request to this learner is already open.
            `notEstablished`: No record could be found with these details; VERA does not tell which is wrong.
        """
        return self._call(
            "request_share",
            {
                "mobileNumber": mobile_number,
                "dateOfBirth": date_of_birth,
                "force": force,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RequestShareResponse,
        )

    def list_shares(
        self,
        *,
        state: str | None = None,
        limit: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ListSharesResponse:
        """Lists the shares in the store, newest first.

        Keywords:
            state: Only those in this state: `awaitingLearner`, `shared`, `declinedOrExpired`, `timedOut`,
                `cancelled`, `unknown`, `failed`.
            limit: At most this many; 100 when absent.

        Outcomes:
            `ok`: Done.
        """
        return self._call(
            "list_shares",
            {
                "state": state,
                "limit": limit,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ListSharesResponse,
        )

    def cancel_share(
        self,
        *,
        correlation_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CancelShareResponse:
        """Stops waiting for a learner.

        Keywords:
            correlation_id: The handle from `generate_qr` or `request_share`.

        Outcomes:
            `cancelled`: Nobody waits any more. The learner may still agree; a fetch by ULN would then
                succeed.
            `alreadyEnded`: The share had ended before; `state` says how.
        """
        return self._call(
            "cancel_share",
            {
                "correlationId": correlation_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CancelShareResponse,
        )

    def match_learner(
        self,
        *,
        given_name: str,
        family_name: str,
        date_of_birth: str | None = None,
        gender: Literal["male", "female", "notKnown", "notSpecified"] | None = None,
        last_known_post_code: str | None = None,
        previous_family_name: str | None = None,
        school_at_age16: str | None = None,
        place_of_birth: str | None = None,
        email_address: str | None = None,
        uln: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.MatchLearnerResponse:
        """Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or
        by ULN.

        Keywords:
            given_name: Given name.
            family_name: Family name.
            date_of_birth: Date of birth, `YYYY-MM-DD`; required without `uln`.
            gender: Gender; required without `uln`.
            last_known_post_code: Last known postcode; required without `uln`.
            previous_family_name: Previous family name.
            school_at_age16: School at age 16.
            place_of_birth: Place of birth.
            email_address: E-mail address.
            uln: The learner's ULN, to be checked against the names; not through a gateway.

        Outcomes:
            `exactMatch`: One learner fits; `learners` has them. Confirm the match if it is the right person.
            `possibleMatch`: Up to ten learners may be meant; `learners` has them and `mismatchedFields` where
                they differ.
            `linkedLearnerMatch`: The record was merged with another; `learners` has the learner it belongs to
                now.
            `tooManyMatches`: More than ten learners fit; search with more details.
            `noMatch`: No learner fits.
        """
        return self._call(
            "match_learner",
            {
                "givenName": given_name,
                "familyName": family_name,
                "dateOfBirth": date_of_birth,
                "gender": gender,
                "lastKnownPostCode": last_known_post_code,
                "previousFamilyName": previous_family_name,
                "schoolAtAge16": school_at_age16,
                "placeOfBirth": place_of_birth,
                "emailAddress": email_address,
                "uln": uln,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.MatchLearnerResponse,
        )

    def fetch_plr(
        self,
        *,
        person_id: str | None = None,
        uln: str | None = None,
        given_name: str | None = None,
        family_name: str | None = None,
        date_of_birth: str | None = None,
        gender: Literal["male", "female", "notKnown", "notSpecified"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.FetchPlrResponse:
        """Fetches a personal learning record, by ULN and names or for a person in the match register.

        Keywords:
            person_id: The person, as confirmed in the register.
            uln: The learner's ULN.
            given_name: Given name.
            family_name: Family name.
            date_of_birth: Date of birth, `YYYY-MM-DD`.
            gender: Gender.

        Outcomes:
            `found`: The learning events are in `learningEvents`; there may be none.
            `linked`: The record was merged with another; `foundUln` is whose events these are.
            `notShared`: The learner has chosen not to share their record.
            `notVerified`: ULN and names do not belong together.
            `notMatched`: No ULN was confirmed for this person; match and confirm first.
            `noUln`: It was confirmed that this person has no ULN.
        """
        return self._call(
            "fetch_plr",
            {
                "personId": person_id,
                "uln": uln,
                "givenName": given_name,
                "familyName": family_name,
                "dateOfBirth": date_of_birth,
                "gender": gender,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.FetchPlrResponse,
        )

    def get_match(
        self,
        *,
        person_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GetMatchResponse:
        """Says which ULN is confirmed for a person.

        Keywords:
            person_id: The person.

        Outcomes:
            `matched`: A ULN is confirmed for this person.
            `noUln`: It was confirmed that this person has no ULN.
            `notMatched`: Nobody has looked yet, or the match was taken back.
        """
        return self._call(
            "get_match",
            {
                "personId": person_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GetMatchResponse,
        )

    def confirm_match(
        self,
        *,
        person_id: str,
        uln: str,
        given_name: str,
        family_name: str,
        match_type: Literal["exactMatch", "possibleMatch", "linkedLearnerMatch", "tooManyMatches", "noMatch"],
        count_of_returned_ulns: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ConfirmMatchResponse:
        """Confirms which ULN a person has; no two people hold one ULN.

        Keywords:
            person_id: The person.
            uln: The learner's ULN.
            given_name: Given name, as the service has it.
            family_name: Family name, as the service has it.
            match_type: How the match was found.
            count_of_returned_ulns: How many ULNs the search gave; 1 when absent.

        Outcomes:
            `confirmed`: The match is in the register. A gateway says this as well when it was there before.
            `unchanged`: The register says so already.
            `ulnTaken`: Another person holds this ULN; nothing was written. Check both.
        """
        return self._call(
            "confirm_match",
            {
                "personId": person_id,
                "uln": uln,
                "givenName": given_name,
                "familyName": family_name,
                "matchType": match_type,
                "countOfReturnedUlns": count_of_returned_ulns,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ConfirmMatchResponse,
        )

    def confirm_no_match(
        self,
        *,
        person_id: str,
        match_type: Literal["exactMatch", "possibleMatch", "linkedLearnerMatch", "tooManyMatches", "noMatch"] | None = None,
        count_of_returned_ulns: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ConfirmNoMatchResponse:
        """Confirms that a person has no ULN.

        Keywords:
            person_id: The person.
            match_type: What the search gave; `noMatch` when absent.
            count_of_returned_ulns: How many ULNs the search gave; 0 when absent.

        Outcomes:
            `confirmed`: The register says that this person has no ULN. A gateway says this as well when it
                did before.
            `unchanged`: The register says so already.
        """
        return self._call(
            "confirm_no_match",
            {
                "personId": person_id,
                "matchType": match_type,
                "countOfReturnedUlns": count_of_returned_ulns,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ConfirmNoMatchResponse,
        )

    def remove_match(
        self,
        *,
        person_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RemoveMatchResponse:
        """Takes back what was confirmed of a person; the history stays.

        Keywords:
            person_id: The person.

        Outcomes:
            `removed`: What was confirmed is taken back. A gateway says this as well when there was nothing to
                take back.
            `unchanged`: There was nothing to take back.
        """
        return self._call(
            "remove_match",
            {
                "personId": person_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RemoveMatchResponse,
        )

    def subject_access_report(
        self,
        *,
        person_id: str,
        from_date: str | None = None,
        to_date: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.SubjectAccessReportResponse:
        """Gives all that the match register holds of a person.

        Keywords:
            person_id: The person.
            from_date: Rows of this day and later, `YYYY-MM-DD` in UTC.
            to_date: Rows of this day and earlier, `YYYY-MM-DD` in UTC.

        Outcomes:
            `found`: `rows` has what the register holds of this person.
            `none`: The register holds nothing of this person.
        """
        return self._call(
            "subject_access_report",
            {
                "personId": person_id,
                "fromDate": from_date,
                "toDate": to_date,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.SubjectAccessReportResponse,
        )

    def import_matches(
        self,
        *,
        path: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ImportMatchesResponse:
        """Imports the match register of another installation from a CSV file.

        Keywords:
            path: The file, in UTF-8 with a line of column names.

        Outcomes:
            `imported`: Every row is in the register.
            `partlyImported`: Some rows were refused; `refused` says which and why. The others are in the
                register.
        """
        return self._call(
            "import_matches",
            {
                "path": path,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ImportMatchesResponse,
        )

    def export_matches(
        self,
        *,
        path: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ExportMatchesResponse:
        """Writes the match register to a CSV file that only its owner may read.

        Keywords:
            path: The file, which must not exist; only its owner may read it. It holds everything in clear.

        Outcomes:
            `exported`: The file has the whole register.
        """
        return self._call(
            "export_matches",
            {
                "path": path,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ExportMatchesResponse,
        )

    def get_xsre(
        self,
        *,
        student_id: str,
        authorized_entity_id: int,
        external_service_id: int,
        personnel_id: int | None = None,
        zone_id: str | None = None,
        context_id: str | None = None,
        formats: Sequence[Literal["xml", "json", "summary"]] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GetXsreResponse:
        """Asks for a student's record, as far as the asking service may see it.

        Keywords:
            student_id: The district's id of the student.
            authorized_entity_id: The organisation that asks, by its number at the exchange.
            external_service_id: The service that asks, by its number at the exchange.
            personnel_id: The person who asks, by their number at the exchange.
            zone_id: The zone of the district; `sif.zoneId` of the configuration when absent.
            context_id: The context; `sif.contextId` of the configuration when absent.
            formats: The forms to answer with; all when absent.

        Outcomes:
            `found`: The parts of the record that this service may see are in the response.
            `notFound`: There is nothing to show: no such student, no consent, or no right to ask. Which of
                these is not told, on purpose.
        """
        return self._call(
            "get_xsre",
            {
                "studentId": student_id,
                "authorizedEntityId": authorized_entity_id,
                "externalServiceId": external_service_id,
                "personnelId": personnel_id,
                "zoneId": zone_id,
                "contextId": context_id,
                "formats": formats,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GetXsreResponse,
        )

    def authorize_sif_request(
        self,
        *,
        authorization: str | None = None,
        timestamp: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.AuthorizeSifRequestResponse:
        """Checks the headers with which a SIF request came, once for each request.

        Keywords:
            authorization: The header `Authorization`, as it came; absent when there was none.
            timestamp: The header `timestamp`, as it came; absent when there was none.

        Outcomes:
            `authorized`: The caller is the one whose profile is in the response.
            `refused`: The caller is not let in; `httpStatus` and `description` are what to answer.
        """
        return self._call(
            "authorize_sif_request",
            {
                "authorization": authorization,
                "timestamp": timestamp,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.AuthorizeSifRequestResponse,
        )

    def filter_xsre(
        self,
        *,
        xml: str,
        data_objects: Sequence[Mapping[str, Any]] | None = None,
        stylesheet: str | None = None,
        object_type: str | None = None,
        statements: Literal["reference", "fixed"] | None = None,
        formats: Sequence[Literal["xml", "json", "summary"]] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.FilterXsreResponse:
        """Filters a student's record by data objects or the stylesheet of the Privacy Rules Service.

        Keywords:
            xml: The record as XML.
            data_objects: The data objects, in their order. Keys: `filterType`, `includeStatement`.
            stylesheet: The stylesheet; instead of `dataObjects`.
            object_type: What kind of object the data objects are for; `xSre` when absent.
            statements: How statements become paths; `sif.statements` of the configuration when absent.
            formats: The forms to answer with; only XML when absent.

        Outcomes:
            `filtered`: The response has what the filter lets through.
        """
        return self._call(
            "filter_xsre",
            {
                "xml": xml,
                "dataObjects": data_objects,
                "stylesheet": stylesheet,
                "objectType": object_type,
                "statements": statements,
                "formats": formats,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.FilterXsreResponse,
        )

    def import_sif_rules(
        self,
        *,
        path: str | None = None,
        rules: Mapping[str, Any] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ImportSifRulesResponse:
        """Takes rules of the Privacy Rules Service into the store, instead of those that are there.

        Keywords:
            path: Path of a JSON file with the rules.
            rules: The rules; instead of `path`. Keys: `authorizedEntities`, `externalServices`,
                `districtServices`, `students`.

        Outcomes:
            `imported`: The store has these rules, and no others.
        """
        return self._call(
            "import_sif_rules",
            {
                "path": path,
                "rules": rules,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ImportSifRulesResponse,
        )

    def start_enrollment(
        self,
        *,
        body: str,
        accept_language: str | None = None,
        admitted: bool | None = None,
        already_enrolled: bool | None = None,
        enrolled: int | None = None,
        most: int | None = None,
        decided: Mapping[str, Any] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.StartEnrollmentResponse:
        """Handles a start that the host's own web server received, and says what to answer the receiver.

        Keywords:
            body: The body of the request as it came. Whatever it is, there is an answer for the receiver.
            accept_language: The header `Accept-Language` as it came; absent when there was none.
            admitted: Whether the student was let through the waiting room, where there is one.
            already_enrolled: That the host's system has the same person enrolled already under another id.
            enrolled: How many are enrolled by the host's own books; the offering's own number when absent.
            most: How many can be by the host's own books; the offering's own number when absent.
            decided: What the host program decides, if it does so at once. Keys: `decision`, `message`,
                `redirect`, `alreadyEnrolled`.

        Outcomes:
            `associated`: Both institutions agree: the student is enrolled.
            `pending`: The application is kept; the host program, the home institution or the delivery is
                still to come.
            `queued`: The student is on the waiting list.
            `alreadyEnrolled`: The student is enrolled for this offering already.
            `alreadyPending`: The student has applied for this offering already.
            `alreadyQueued`: The student is on the waiting list of this offering already.
            `denied`: The host program refused.
            `deniedByHome`: The home institution refused.
            `notActive`: The student is not actively enrolled at home.
            `notYetOpen`: Enrolment has not opened yet.
            `closed`: Enrolment has closed.
            `full`: There is no place left, and none on a waiting list.
            `invalidRequest`: The body is not what a receiver sends; nothing is kept of it.
            `queueFailed`: The student was not let through the waiting room.
            `loginAgain`: The application is kept, but the student must log in and start again.
            `personNotFound`: The home institution does not know the student.
            `backendError`: The host program failed, or the home institution refused the association as
                malformed.
            `internalError`: Nothing was accepted, because the library could not keep it.
        """
        return self._call(
            "start_enrollment",
            {
                "body": body,
                "acceptLanguage": accept_language,
                "admitted": admitted,
                "alreadyEnrolled": already_enrolled,
                "enrolled": enrolled,
                "most": most,
                "decided": decided,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.StartEnrollmentResponse,
        )

    def list_enrollments(
        self,
        *,
        enrollment_id: str | None = None,
        person_id: str | None = None,
        offering_id: str | None = None,
        state: Literal["pending", "queued", "associated", "denied", "canceled"] | None = None,
        undecided: bool | None = None,
        outbox: Literal["waiting", "needsLogin", "parked"] | None = None,
        changed_after: int | None = None,
        hand_out: bool | None = None,
        wait_ms: int | None = None,
        with_bodies: bool | None = None,
        limit: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ListEnrollmentsResponse:
        """Lists enrolments, hands out those to be decided, and waits for new ones.

        Keywords:
            enrollment_id: Only this one, by our own id.
            person_id: Only those of this person.
            offering_id: Only those for this offering.
            state: Only those in this state.
            undecided: Only those that the host program has not decided, or only those it has.
            outbox: Only those with something in the outbox in this state.
            changed_after: Only those that changed after this; give the last `version` that was seen.
            hand_out: Takes undecided ones from the inbox, oldest first: nobody else is handed them for
                `leaseSeconds`.
            wait_ms: Waits so long for the first, in milliseconds (0 to 600,000).
            with_bodies: Whether to give offering and person as they came.
            limit: At most this many, 1 to 1,000; 100 when absent.

        Outcomes:
            `ok`: The enrolments are in the response, by their last change.
        """
        return self._call(
            "list_enrollments",
            {
                "enrollmentId": enrollment_id,
                "personId": person_id,
                "offeringId": offering_id,
                "state": state,
                "undecided": undecided,
                "outbox": outbox,
                "changedAfter": changed_after,
                "handOut": hand_out,
                "waitMs": wait_ms,
                "withBodies": with_bodies,
                "limit": limit,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ListEnrollmentsResponse,
        )

    def decide_enrollment(
        self,
        *,
        enrollment_id: str,
        decision: Literal["associate", "pending", "queue", "deny", "fail"],
        message: Mapping[str, Any] | None = None,
        redirect: str | None = None,
        already_enrolled: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.DecideEnrollmentResponse:
        """Decides about an application.

        Keywords:
            enrollment_id: Our own id of the enrolment.
            decision: The decision.
            message: What the student is told instead of a text of ours, while the start is still open and
                nothing else comes of it. Keys: `en`, `nl`.
            redirect: Where the student is to go on, an address of HTTPS, while the start is still open.
            already_enrolled: With `deny`: that the same person is enrolled already under another id.

        Outcomes:
            `decided`: The decision is kept, and what follows from it will be sent.
            `unchanged`: This was decided before.
            `alreadyDecided`: Something else was decided before, which stands.
            `ended`: The enrolment has ended meanwhile.
            `illegalTransition`: The host's state cannot become this one; nothing was changed.
            `notFound`: There is no such enrolment.
        """
        return self._call(
            "decide_enrollment",
            {
                "enrollmentId": enrollment_id,
                "decision": decision,
                "message": message,
                "redirect": redirect,
                "alreadyEnrolled": already_enrolled,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.DecideEnrollmentResponse,
        )

    def create_association(
        self,
        *,
        enrollment_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CreateAssociationResponse:
        """Tries to create the association of an enrolment at the home institution now.

        Keywords:
            enrollment_id: Our own id of the enrolment.

        Outcomes:
            `created`: The home institution has the association; its states are in the response.
            `alreadyCreated`: It has it already.
            `kept`: It could not be delivered now and is kept for later.
            `loginAgain`: The student must log in first; it is kept.
            `parked`: It is parked; `outbox` says why.
            `ended`: The enrolment has ended.
            `notFound`: There is no such enrolment.
        """
        return self._call(
            "create_association",
            {
                "enrollmentId": enrollment_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CreateAssociationResponse,
        )

    def update_association(
        self,
        *,
        enrollment_id: str,
        state: Literal["pending", "queued", "associated", "denied", "canceled"],
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.UpdateAssociationResponse:
        """Changes the host's state of an enrolment and tells the home institution.

        Keywords:
            enrollment_id: Our own id of the enrolment.
            state: The new state.

        Outcomes:
            `sent`: The home institution has the new state.
            `unchanged`: It is the host's state already.
            `kept`: The new state is kept; it will be sent when it can be.
            `illegalTransition`: The host's state cannot become this one; nothing was changed.
            `notFound`: There is no such enrolment.
        """
        return self._call(
            "update_association",
            {
                "enrollmentId": enrollment_id,
                "state": state,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.UpdateAssociationResponse,
        )

    def get_association(
        self,
        *,
        enrollment_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GetAssociationResponse:
        """Asks the home institution how it stands with an association.

        Keywords:
            enrollment_id: Our own id of the enrolment.

        Outcomes:
            `found`: What the home institution says now is in the response.
            `notCreated`: The home institution has no association yet.
            `untracked`: The receiver does not know the association; nothing more can be had of it.
            `loginAgain`: The student must log in first.
            `notFound`: There is no such enrolment.
        """
        return self._call(
            "get_association",
            {
                "enrollmentId": enrollment_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GetAssociationResponse,
        )

    def get_person(
        self,
        *,
        enrollment_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GetPersonResponse:
        """Asks the home institution whether a student is still actively enrolled there.

        Keywords:
            enrollment_id: Our own id of an enrolment of theirs.

        Outcomes:
            `active`: The student is actively enrolled at home.
            `inactive`: The student is not actively enrolled at home.
            `unknown`: The home institution does not say.
            `personNotFound`: The home institution does not know the student.
            `loginAgain`: The student must log in first.
            `notFound`: There is no such enrolment.
        """
        return self._call(
            "get_person",
            {
                "enrollmentId": enrollment_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GetPersonResponse,
        )

    def send_results(
        self,
        *,
        enrollment_id: str,
        result: Mapping[str, Any],
        force: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.SendResultsResponse:
        """Sends a student's result to the home institution.

        Keywords:
            enrollment_id: Our own id of the enrolment.
            result: The result; it replaces the one before. Keys: `state`, `pass`, `comment`, `score`,
                `resultDate`, `studyLoad`, `weight`, `ext`.
            force: Sends it also when the enrolment was cancelled.

        Outcomes:
            `sent`: The home institution has the result.
            `unchanged`: It has this result already, or it is about to be sent.
            `kept`: The result is kept; it will be sent when it can be.
            `notAssociated`: Both institutions must agree on the enrolment first.
            `notFound`: There is no such enrolment.
        """
        return self._call(
            "send_results",
            {
                "enrollmentId": enrollment_id,
                "result": result,
                "force": force,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.SendResultsResponse,
        )

    def flush_outbox(
        self,
        *,
        everything: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.FlushOutboxResponse:
        """Sends to home institutions what is due, or everything.

        Keywords:
            everything: Whether to try also what waits for its time.

        Outcomes:
            `flushed`: Everything that was due was tried.
            `empty`: There was nothing to send.
        """
        return self._call(
            "flush_outbox",
            {
                "everything": everything,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.FlushOutboxResponse,
        )

    def resolve_delivery(
        self,
        *,
        enrollment_id: str,
        entry_id: str,
        resolution: Literal["retry", "discard", "delivered"],
        association_id: str | None = None,
        state: Literal["pending", "queued", "associated", "denied", "canceled"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ResolveDeliveryResponse:
        """Says what to do with something that could not be delivered and needs somebody to look at it.

        Keywords:
            enrollment_id: Our own id of the enrolment.
            entry_id: The entry's id.
            resolution: What to do.
            association_id: The association's id at the home institution, with `delivered`.
            state: The home institution's state of it, with `delivered`.

        Outcomes:
            `resolved`: It was done as asked.
            `notWaiting`: The entry is neither parked nor waiting for a login.
            `notFound`: There is no such enrolment or entry.
        """
        return self._call(
            "resolve_delivery",
            {
                "enrollmentId": enrollment_id,
                "entryId": entry_id,
                "resolution": resolution,
                "associationId": association_id,
                "state": state,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ResolveDeliveryResponse,
        )

    def retrieve_linkage_key(
        self,
        *,
        ods_code: str,
        nhs_number: str,
        supplier: str | None = None,
        surname: str | None = None,
        date_of_birth: str | None = None,
        identity_token: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RetrieveLinkageKeyResponse:
        """Asks for the linkage key of a patient, from our own register or a supplier's system.

        Keywords:
            ods_code: Code of the organisation where the patient is registered.
            nhs_number: The patient's NHS number: ten digits, together or in groups of 3, 3 and 4.
            supplier: The supplier to ask, by its name in the configuration; `linkage.defaultSupplier` or our
                own register when absent.
            surname: Surname, which `tpp` wants, and which is answered as given where a supplier does not tell
                it.
            date_of_birth: Date of birth, `YYYY-MM-DD`, as `surname`.
            identity_token: Proof of the patient's identity, which `emis` wants.

        Outcomes:
            `ok`: The key and what belongs to it are in the response.
            `odsNotFound`: The organisation is not on the register.
            `odsBlocked`: The organisation has switched off digital services.
            `patientNotFound`: The patient is not registered at this organisation.
            `patientBlocked`: The patient's digital access is blocked; `detail` says why.
            `keyRevoked`: The patient's key was revoked.
            `noLinkageKey`: The patient has no key yet; create one.
            `retrieveFailed`: The patient was found, but the key cannot be read.
        """
        return self._call(
            "retrieve_linkage_key",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "supplier": supplier,
                "surname": surname,
                "dateOfBirth": date_of_birth,
                "identityToken": identity_token,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RetrieveLinkageKeyResponse,
        )

    def create_linkage_key(
        self,
        *,
        ods_code: str,
        nhs_number: str,
        surname: str,
        date_of_birth: str,
        supplier: str | None = None,
        identity_token: str | None = None,
        email_address: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CreateLinkageKeyResponse:
        """Makes a linkage key for a patient who has none in force.

        Keywords:
            ods_code: Code of the organisation where the patient is registered.
            nhs_number: The patient's NHS number: ten digits, together or in groups of 3, 3 and 4.
            surname: The patient's surname, at most 100 characters.
            date_of_birth: The patient's date of birth, `YYYY-MM-DD`.
            supplier: The supplier to ask, by its name in the configuration; `linkage.defaultSupplier` or our
                own register when absent.
            identity_token: Proof of the patient's identity, which `emis` wants.
            email_address: The patient's e-mail address, which `emis` wants and `tpp` takes.

        Outcomes:
            `ok`: The new key and what belongs to it are in the response.
            `odsNotFound`: The organisation is not on the register.
            `odsBlocked`: The organisation has switched off digital services.
            `patientNotFound`: No patient of this number, surname and date of birth is registered at this
                organisation.
            `patientBlocked`: The patient's digital access is blocked; `detail` says why.
            `keyAlreadyExists`: The patient has a key; retrieve it.
            `keyRevoked`: The patient's key was revoked, and the supplier makes no other.
            `noLinkageKey`: The supplier has no key and makes none.
            `createFailed`: The patient was found, but no key could be made; try again.
        """
        return self._call(
            "create_linkage_key",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "surname": surname,
                "dateOfBirth": date_of_birth,
                "supplier": supplier,
                "identityToken": identity_token,
                "emailAddress": email_address,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CreateLinkageKeyResponse,
        )

    def retrieve_or_create_linkage_key(
        self,
        *,
        ods_code: str,
        nhs_number: str,
        surname: str,
        date_of_birth: str,
        supplier: str | None = None,
        identity_token: str | None = None,
        email_address: str | None = None,
        reissue_revoked: bool | None = None,
        create_after_patient_not_found: bool | None = None,
        verify_demographics: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RetrieveOrCreateLinkageKeyResponse:
        """Asks for the linkage key of a patient, and has one made when there is none.

        Keywords:
            ods_code: Code of the organisation where the patient is registered.
            nhs_number: The patient's NHS number: ten digits, together or in groups of 3, 3 and 4.
            surname: The patient's surname, at most 100 characters.
            date_of_birth: The patient's date of birth, `YYYY-MM-DD`.
            supplier: The supplier to ask, by its name in the configuration; `linkage.defaultSupplier` or our
                own register when absent.
            identity_token: Proof of the patient's identity, which `emis` wants.
            email_address: The patient's e-mail address, which `emis` wants even where the key exists, and
                `tpp` takes.
            reissue_revoked: Whether a patient whose key was revoked gets another; `true` when absent.
            create_after_patient_not_found: Whether to create a key after the supplier said that it does not
                know the patient; `false` when absent.
            verify_demographics: Whether the surname and date of birth that come with a retrieved key must
                match; `true` when absent.

        Outcomes:
            `ok`: The key is in the response; `created` says whether it is new.
            `odsNotFound`: The organisation is not on the register.
            `odsBlocked`: The organisation has switched off digital services.
            `patientNotFound`: No patient of this number, surname and date of birth is registered at this
                organisation.
            `patientBlocked`: The patient's digital access is blocked; `detail` says why.
            `keyRevoked`: The patient's key was revoked, and the request did not allow another.
            `noLinkageKey`: The supplier has no key and makes none.
            `keyAlreadyExists`: The supplier says that there is a key but does not give it.
            `retrieveFailed`: The patient was found, but the key cannot be read.
            `createFailed`: The patient was found, but no key could be made; try again.
        """
        return self._call(
            "retrieve_or_create_linkage_key",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "surname": surname,
                "dateOfBirth": date_of_birth,
                "supplier": supplier,
                "identityToken": identity_token,
                "emailAddress": email_address,
                "reissueRevoked": reissue_revoked,
                "createAfterPatientNotFound": create_after_patient_not_found,
                "verifyDemographics": verify_demographics,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RetrieveOrCreateLinkageKeyResponse,
        )

    def revoke_linkage_key(
        self,
        *,
        ods_code: str,
        nhs_number: str,
        reason: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RevokeLinkageKeyResponse:
        """Revokes a patient's linkage key in our own register; it never becomes valid again.

        Keywords:
            ods_code: Code of the organisation where the patient is registered.
            nhs_number: The patient's NHS number.
            reason: Why, for the register; at most 100 characters and nothing clinical.

        Outcomes:
            `revoked`: The key is revoked and never becomes valid again.
            `unchanged`: It was revoked before; the first time stays.
            `noLinkageKey`: The patient has no key.
            `odsNotFound`: The organisation is not on the register.
            `patientNotFound`: The patient is not registered at this organisation.
        """
        return self._call(
            "revoke_linkage_key",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "reason": reason,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RevokeLinkageKeyResponse,
        )

    def set_linkage_access(
        self,
        *,
        ods_code: str,
        nhs_number: str | None = None,
        blocked: bool,
        reason: Literal["PRACTICE_DECISION", "PATIENT_ARCHIVED", "ACCOUNT_DISABLED", "UNDER_MINIMUM_AGE_OR_NOT_COMPETENT", "NOT_VALID_FOR_ONLINE_USE", "MULTIPLE_RECORDS", "OTHER"] | None = None,
        text: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.SetLinkageAccessResponse:
        """Blocks or unblocks a patient or an organisation in our own register.

        Keywords:
            ods_code: Code of the organisation.
            nhs_number: The NHS number of the patient whose access is meant; all of the organisation's when
                absent.
            blocked: Whether access is blocked.
            reason: Why a patient is blocked; `OTHER` when absent.
            text: What the caller may be told of it: at most 256 characters and nothing clinical.

        Outcomes:
            `changed`: The register has it.
            `unchanged`: The register said so already.
            `odsNotFound`: The organisation is not on the register.
            `patientNotFound`: The patient is not registered at this organisation.
        """
        return self._call(
            "set_linkage_access",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "blocked": blocked,
                "reason": reason,
                "text": text,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.SetLinkageAccessResponse,
        )

    def check_linkage_key(
        self,
        *,
        ods_code: str,
        account_id: str,
        linkage_key: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CheckLinkageKeyResponse:
        """Checks an account id and linkage key that somebody presents against our own register.

        Keywords:
            ods_code: Code of the organisation.
            account_id: The account ID.
            linkage_key: The linkage key.

        Outcomes:
            `valid`: Account and key belong together, the key is in force and nothing is blocked.
            `notValid`: They do not, or something is blocked or revoked; which of these is not told.
        """
        return self._call(
            "check_linkage_key",
            {
                "odsCode": ods_code,
                "accountId": account_id,
                "linkageKey": linkage_key,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CheckLinkageKeyResponse,
        )

    def import_register(
        self,
        *,
        path: str,
        passphrase: str | None = None,
        on_conflict: Literal["fail", "skip", "replace"] | None = None,
        on_refused: Literal["stop", "skip"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ImportRegisterResponse:
        """Imports organisations, patients, accounts and linkage keys from a file into our own register.

        Keywords:
            path: Path of the file: CSV or JSON Lines in UTF-8, or a sealed export; it is told by its first
                line.
            passphrase: The passphrase of a sealed export.
            on_conflict: What to do with what is on the register already; `fail` when absent.
            on_refused: What to do when rows are refused; `stop` when absent.

        Outcomes:
            `imported`: Every row is in the register.
            `partlyImported`: Some rows were refused; `refused` says which and why. The others are in the
                register.
            `refused`: Some rows were refused, and nothing was imported; `refused` says which and why.
        """
        return self._call(
            "import_register",
            {
                "path": path,
                "passphrase": passphrase,
                "onConflict": on_conflict,
                "onRefused": on_refused,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ImportRegisterResponse,
        )

    def export_register(
        self,
        *,
        path: str,
        passphrase: str | None = None,
        format: Literal["csv", "jsonLines"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ExportRegisterResponse:
        """Writes our own register to a file, sealed under a passphrase or without its linkage keys.

        Keywords:
            path: Path of the file, which must not exist.
            passphrase: Seals the export, which then has everything, linkage keys included; at least 12
                characters. Without one the export has no linkage keys.
            format: The form of an export without a passphrase; `csv` when absent.

        Outcomes:
            `exported`: The file has the whole register.
        """
        return self._call(
            "export_register",
            {
                "path": path,
                "passphrase": passphrase,
                "format": format,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ExportRegisterResponse,
        )

    def put_profile(
        self,
        *,
        display_name: str,
        vera: Mapping[str, Any] | None = None,
        lrs: Mapping[str, Any] | None = None,
        lrs_gateway: Mapping[str, Any] | None = None,
        sif: Mapping[str, Any] | None = None,
        enrollment: Mapping[str, Any] | None = None,
        linkage: Mapping[str, Any] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.PutProfileResponse:
        """Adds or changes a provider and its credentials, which are sealed.

        Keywords:
            display_name: What people call the organisation; learners may be shown it.
            vera: Credential for DfE View Education Record. Keys: `clientId`, `clientSecret`, `tenantId`,
                `resource`, `baseUrl`.
            lrs: Credential for the Learning Records Service. Keys: `ukprn`, `password`, `vendorId`, `pfx`,
                `pfxPassword`.
            lrs_gateway: Credential for a gateway to the Learning Records Service. Keys: `clientId`,
                `clientSecret`.
            sif: Credential for SIF Student Record Exchange. Keys: `sessionToken`, `sharedSecret`.
            enrollment: Credential for the subscription receiver of student-mobility enrolment. Keys: `user`,
                `password`.
            linkage: Credential for the systems of linkage-key suppliers. Keys: `clientId`, `clientSecret`,
                `pfx`, `pfxPassword`.

        Outcomes:
            `ok`: Done.
        """
        return self._call(
            "put_profile",
            {
                "displayName": display_name,
                "vera": vera,
                "lrs": lrs,
                "lrsGateway": lrs_gateway,
                "sif": sif,
                "enrollment": enrollment,
                "linkage": linkage,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.PutProfileResponse,
        )

    def list_profiles(
        self,
        *,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ListProfilesResponse:
        """Lists the providers, without their secrets.

        Outcomes:
            `ok`: Done.
        """
        return self._call(
            "list_profiles",
            {
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ListProfilesResponse,
        )

    def remove_profile(
        self,
        *,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RemoveProfileResponse:
        """Removes a provider and its credentials.

        Outcomes:
            `ok`: Done.
        """
        return self._call(
            "remove_profile",
            {
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RemoveProfileResponse,
        )

    def query_audit(
        self,
        *,
        after_seq: int | None = None,
        from_: str | None = None,
        to: str | None = None,
        operation: str | None = None,
        system: str | None = None,
        by_user: str | None = None,
        with_trace_id: str | None = None,
        uln: str | None = None,
        person_id: str | None = None,
        nhs_number: str | None = None,
        enrollment_person_id: str | None = None,
        outcome: str | None = None,
        newest_first: bool | None = None,
        limit: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.QueryAuditResponse:
        """Reads the audit trail.

        Keywords:
            after_seq: Entries after this number: the last `seq` of the page before.
            from_: Not before this time.
            to: Before this time.
            operation: Of this operation.
            system: Of this system.
            by_user: By this user.
            with_trace_id: With this trace id.
            uln: About the learner with this ULN.
            person_id: About the person with this id, in operations that name one.
            nhs_number: About the patient with this NHS number.
            enrollment_person_id: Only those about this student, by the id that a subscription receiver has
                for them.
            outcome: With this outcome or error code.
            newest_first: Newest first instead of oldest first.
            limit: At most this many; 100 when absent.

        Outcomes:
            `ok`: Done.
        """
        return self._call(
            "query_audit",
            {
                "afterSeq": after_seq,
                "from": from_,
                "to": to,
                "operation": operation,
                "system": system,
                "byUser": by_user,
                "withTraceId": with_trace_id,
                "uln": uln,
                "personId": person_id,
                "nhsNumber": nhs_number,
                "enrollmentPersonId": enrollment_person_id,
                "outcome": outcome,
                "newestFirst": newest_first,
                "limit": limit,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.QueryAuditResponse,
        )

    def verify_audit(
        self,
        *,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.VerifyAuditResponse:
        """Checks that the audit trail is complete and unaltered.

        Outcomes:
            `intact`: Every entry is as it was written and none is missing.
            `altered`: An entry was altered; `atSeq` is the first that does not fit.
            `incomplete`: Entries are missing; `atSeq` is the first that is.
        """
        return self._call(
            "verify_audit",
            {
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.VerifyAuditResponse,
        )

    def purge(
        self,
        *,
        audit_days: int | None = None,
        share_days: int | None = None,
        enrollment_days: int | None = None,
        batch_days: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.PurgeResponse:
        """Removes what is older than its retention.

        Keywords:
            audit_days: Keep audit entries of this many days.
            share_days: Keep shares of this many days.
            enrollment_days: Keep what came with enrolments for so many days after they ended.
            batch_days: Keep bulk jobs for so many days after they came to their last row; what they wrote
                stays.

        Outcomes:
            `ok`: Done.
        """
        return self._call(
            "purge",
            {
                "auditDays": audit_days,
                "shareDays": share_days,
                "enrollmentDays": enrollment_days,
                "batchDays": batch_days,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.PurgeResponse,
        )

    def rotate_key(
        self,
        *,
        new_vault_key: str | None = None,
        new_vault_key_file: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RotateKeyResponse:
        """Seals everything anew under a new key.

        Keywords:
            new_vault_key: The new master key, base64 of 32 bytes; configure it as `vaultKey` from the next
                start on.
            new_vault_key_file: A file with the new master key, instead of `newVaultKey`.

        Outcomes:
            `ok`: Done.
        """
        return self._call(
            "rotate_key",
            {
                "newVaultKey": new_vault_key,
                "newVaultKeyFile": new_vault_key_file,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RotateKeyResponse,
        )

    def start_listener(
        self,
        *,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.StartListenerResponse:
        """Starts to serve the interfaces that the configuration's `listener` section describes.

        Outcomes:
            `started`: It serves now.
            `alreadyRunning`: It was serving before, at this address.
        """
        return self._call(
            "start_listener",
            {
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.StartListenerResponse,
        )

    def stop_listener(
        self,
        *,
        patience_ms: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.StopListenerResponse:
        """Stops to serve, letting requests under way end.

        Keywords:
            patience_ms: How long requests under way may still take, in milliseconds; 5,000 when absent.

        Outcomes:
            `stopped`: It serves no more.
            `notRunning`: It was not serving.
        """
        return self._call(
            "stop_listener",
            {
                "patienceMs": patience_ms,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.StopListenerResponse,
        )

    def health(
        self,
        *,
        probe: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.HealthResponse:
        """Tells whether the plugin can work.

        Keywords:
            probe: Also read the store.

        Outcomes:
            `ok`: The plugin can work.
            `degraded`: A host is being left alone after repeated failures.
        """
        return self._call(
            "health",
            {
                "probe": probe,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.HealthResponse,
        )

    def start_batch(
        self,
        *,
        operation: str,
        input: str,
        input_format: Literal["csv", "jsonl"] | None = None,
        encoding: Literal["utf-8", "windows-1252"] | None = None,
        delimiter: str | None = None,
        header: bool | None = None,
        columns: Mapping[str, Any] | None = None,
        request: Mapping[str, Any] | None = None,
        id_column: str | None = None,
        unique: bool | None = None,
        output: str | None = None,
        output_format: Literal["csv", "jsonl", "parquet"] | None = None,
        keep: Sequence[str] | None = None,
        overwrite: bool | None = None,
        spreadsheet_safe: bool | None = None,
        concurrency: int | None = None,
        rate_per_second: float | None = None,
        attempts: int | None = None,
        stop_after_errors: int | None = None,
        dry_run: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.StartBatchResponse:
        """Starts to run an operation for every row of a file, or checks the rows without running anything.

        Keywords:
            operation: The operation to run for each row, by its name.
            input: Path of the file to read.
            input_format: The file's form; by its name when absent: `.csv`, `.tsv`, `.txt`, or `.jsonl`,
                `.ndjson`.
            encoding: How its letters are stored.
            delimiter: What stands between the values of a CSV file: a comma, a semicolon, a tab or `|`; found
                out from its first line when absent.
            header: Whether the first line of a CSV file names the columns; without names they are `1`, `2`
                and so on.
            columns: Which column goes into which key of the operation's request, `{"learner.givenName":
                "forename"}`; when absent, every column whose name is that of a key, whatever its case and
                without `_`, `-` and blanks.
            request: What every row's request has beside its own values, such as `ukprn` and `user`.
            id_column: A column that tells rows apart; it is carried to the results.
            unique: Whether a row that repeats the value of `idColumn` is refused; that is so when absent.
            output: Path of the file to write; not needed with `dryRun`.
            output_format: The form of the results; by the file's name when absent: `.csv`, `.jsonl`,
                `.ndjson` or `.parquet`.
            keep: Columns of the input to carry to the results; all when absent.
            overwrite: Whether a file that exists under the output's name is replaced, at the end of the
                batch; else it is an error.
            spreadsheet_safe: Puts an apostrophe before text of CSV results that a spreadsheet would take for
                a formula.
            concurrency: How many rows are worked on at once (1 to 1024); 16 when absent.
            rate_per_second: How many calls a second to begin at most, for each profile.
            attempts: How often a row is tried when the service is busy or does not answer (1 to 100); 5 when
                absent.
            stop_after_errors: After how many rows that failed or were refused the batch stops.
            dry_run: Reads and checks every row, calls nothing and writes nothing.

        Outcomes:
            `started`: The batch runs in the background; `batch_status` tells how far it has come.
            `validated`: Every row can be run; nothing was called or written.
            `invalid`: Some rows would be refused; `refusedRows` says which and why. Nothing was called or
                written.
        """
        return self._call(
            "start_batch",
            {
                "operation": operation,
                "input": input,
                "inputFormat": input_format,
                "encoding": encoding,
                "delimiter": delimiter,
                "header": header,
                "columns": columns,
                "request": request,
                "idColumn": id_column,
                "unique": unique,
                "output": output,
                "outputFormat": output_format,
                "keep": keep,
                "overwrite": overwrite,
                "spreadsheetSafe": spreadsheet_safe,
                "concurrency": concurrency,
                "ratePerSecond": rate_per_second,
                "attempts": attempts,
                "stopAfterErrors": stop_after_errors,
                "dryRun": dry_run,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.StartBatchResponse,
        )

    def batch_status(
        self,
        *,
        batch_id: str,
        wait_ms: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.BatchStatusResponse:
        """Tells how far a batch has come, at once or when it ends.

        Keywords:
            batch_id: The batch.
            wait_ms: How long to wait for its end, in milliseconds.

        Outcomes:
            `running`: It is being worked on.
            `done`: Every row has its answer, and the results are written.
            `doneWithErrors`: The results are written; some rows failed or were refused, and their rows say
                why.
            `cancelled`: It was cancelled; `resume_batch` goes on with it.
            `interrupted`: The process or plugin that worked on it has ended; `resume_batch` goes on with it.
            `failed`: It could not go on; `error` says why. `resume_batch` goes on once that is mended.
        """
        return self._call(
            "batch_status",
            {
                "batchId": batch_id,
                "waitMs": wait_ms,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.BatchStatusResponse,
        )

    def resume_batch(
        self,
        *,
        batch_id: str,
        repeat_interrupted: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ResumeBatchResponse:
        """Goes on with a batch that has ended early, without repeating a row that is done.

        Keywords:
            batch_id: The batch.
            repeat_interrupted: Whether rows are run again whose call was under way when the batch ended, of
                operations that send or make something; else they are reported with the error
                `BATCH_ROW_INTERRUPTED`.

        Outcomes:
            `resumed`: It goes on in the background.
            `running`: It is being worked on already, here or by another process.
            `finished`: Its results are written; there is nothing left to do.
        """
        return self._call(
            "resume_batch",
            {
                "batchId": batch_id,
                "repeatInterrupted": repeat_interrupted,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ResumeBatchResponse,
        )

    def list_batches(
        self,
        *,
        state: str | None = None,
        limit: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ListBatchesResponse:
        """Lists batches, newest first.

        Keywords:
            state: Those in this state only; see the outcomes of `batch_status`.
            limit: At most this many (1 to 1000); 100 when absent.

        Outcomes:
            `ok`: Done.
        """
        return self._call(
            "list_batches",
            {
                "state": state,
                "limit": limit,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ListBatchesResponse,
        )

    def cancel_batch(
        self,
        *,
        batch_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CancelBatchResponse:
        """Ends a batch; what is done is kept, and it can be resumed.

        Keywords:
            batch_id: The batch.

        Outcomes:
            `cancelled`: It has ended. Rows whose calls were under way are not done.
            `notRunning`: Nobody was working on it.
        """
        return self._call(
            "cancel_batch",
            {
                "batchId": batch_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CancelBatchResponse,
        )


class AsyncOperations:
    """Every operation, to be awaited; cancelling the task stops the work.

    Keywords of every operation:
        ukprn: The provider on whose behalf the call is made, by its UKPRN.
        profile: The provider or other organisation on whose behalf the call is made, by its profile's name;
            instead of `ukprn`.
        user: Who is asking, as the host knows them; goes to the audit trail and, where a service asks for it,
            to the service.
        trace_id: The host's own reference for this call; goes to the audit trail.
        timeout_ms: How long the operation may take, in milliseconds; `timeouts.operationMs` when absent.
    """

    __slots__ = ()

    async def _call(self, operation: str, request: dict[str, Any], answer: type[R]) -> R:
        raise NotImplementedError

    async def generate_qr(
        self,
        *,
        formats: Sequence[Literal["image", "svg", "text", "matrix"]] | None = None,
        source: Literal["service", "rendered"] | None = None,
        scale: int | None = None,
        light_terminal: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GenerateQrResponse:
        """Issues a request to share a record and returns its QR code (pattern A).

        Keywords:
            formats: The forms of the code to return; `["image"]` when empty.
            source: Which image to return: VERA's own, or one rendered here from the address.
            scale: Pixels per module of an image rendered here; 8 when absent.
            light_terminal: Draw the text for a light terminal; it is drawn for a dark one otherwise.

        Outcomes:
            `issued`: Show the code; then poll with the correlation id.
        """
        return await self._call(
            "generate_qr",
            {
                "formats": formats,
                "source": source,
                "scale": scale,
                "lightTerminal": light_terminal,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GenerateQrResponse,
        )

    async def poll_learner_data(
        self,
        *,
        correlation_id: str,
        wait_ms: int | None = None,
        record_format: Literal["typed", "raw"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.PollLearnerDataResponse:
        """Asks whether a learner has shared their record, at once or for up to `waitMs` (patterns A and C).

        Keywords:
            correlation_id: The handle from `generate_qr` or `request_share`.
            wait_ms: How long to wait for the learner, in milliseconds; 0 takes one step and returns.
            record_format: In which form to return the record.

        Outcomes:
            `pending`: The learner has not answered yet; keep waiting.
            `shared`: The learner agreed; the record is in `record` or `raw`.
            `declinedOrExpired`: The learner declined or let the time pass; VERA does not tell which. Start
                over.
            `timedOut`: No answer came before the local deadline. Start over.
            `cancelled`: The wait was cancelled here. The learner may still have agreed; a fetch by ULN would
                then succeed.
            `noLongerAvailable`: The record was shared before and cannot be read again; keep the copy you
                have.
            `unknown`: A request may have been sent to the learner, but VERA gave no handle to poll.
            `failed`: The share ended in an error before. Start over.
        """
        return await self._call(
            "poll_learner_data",
            {
                "correlationId": correlation_id,
                "waitMs": wait_ms,
                "recordFormat": record_format,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.PollLearnerDataResponse,
        )

    async def fetch_learner_data(
        self,
        *,
        uln: str,
        record_format: Literal["typed", "raw"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.FetchLearnerDataResponse:
        """Fetches the record of a learner who has already agreed to share it (pattern B).

        Keywords:
            uln: The learner.
            record_format: In which form to return the record.

        Outcomes:
            `shared`: The record is in `record` or `raw`.
            `notShared`: No consent of this learner for this provider is on file; ask the learner to share.
        """
        return await self._call(
            "fetch_learner_data",
            {
                "uln": uln,
                "recordFormat": record_format,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.FetchLearnerDataResponse,
        )

    async def check_learner(
        self,
        *,
        mobile_number: str,
        date_of_birth: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CheckLearnerResponse:
        """Asks whether a learner with this mobile number and date of birth can be asked to share (pattern C).

        Keywords:
            mobile_number: The learner's mobile number; blanks, hyphens, dots, brackets and `+44` are
                understood.
            date_of_birth: The learner's date of birth, `YYYY-MM-DD`.

        Outcomes:
            `exists`: The learner can be asked to share.
            `notEstablished`: No record could be found with these details; VERA does not tell which is wrong.
        """
        return await self._call(
            "check_learner",
            {
                "mobileNumber": mobile_number,
                "dateOfBirth": date_of_birth,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CheckLearnerResponse,
        )

    async def request_share(
        self,
        *,
        mobile_number: str,
        date_of_birth: str,
        force: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RequestShareResponse:
        """Sends a learner's phone a request to share and returns the code they must type (pattern C).

        Keywords:
            mobile_number: The learner's mobile number.
            date_of_birth: The learner's date of birth, `YYYY-MM-DD`.
            force: Send a request although one may be open; the learner is then notified again.

        Outcomes:
            `requested`: The learner was notified; show them the code and poll with the correlation id.
            `existing`: A request to this learner is still open; nothing was sent again. Set `force` to send
                another.
            `mayHaveBeenSent`: An earlier request may have reached the learner; nothing was sent again. Ask
                the learner, or set `force`.
            `alreadyPending`: VERA says that a request to this learner is already open.
            `notEstablished`: No record could be found with these details; VERA does not tell which is wrong.
        """
        return await self._call(
            "request_share",
            {
                "mobileNumber": mobile_number,
                "dateOfBirth": date_of_birth,
                "force": force,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RequestShareResponse,
        )

    async def list_shares(
        self,
        *,
        state: str | None = None,
        limit: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ListSharesResponse:
        """Lists the shares in the store, newest first.

        Keywords:
            state: Only those in this state: `awaitingLearner`, `shared`, `declinedOrExpired`, `timedOut`,
                `cancelled`, `unknown`, `failed`.
            limit: At most this many; 100 when absent.

        Outcomes:
            `ok`: Done.
        """
        return await self._call(
            "list_shares",
            {
                "state": state,
                "limit": limit,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ListSharesResponse,
        )

    async def cancel_share(
        self,
        *,
        correlation_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CancelShareResponse:
        """Stops waiting for a learner.

        Keywords:
            correlation_id: The handle from `generate_qr` or `request_share`.

        Outcomes:
            `cancelled`: Nobody waits any more. The learner may still agree; a fetch by ULN would then
                succeed.
            `alreadyEnded`: The share had ended before; `state` says how.
        """
        return await self._call(
            "cancel_share",
            {
                "correlationId": correlation_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CancelShareResponse,
        )

    async def match_learner(
        self,
        *,
        given_name: str,
        family_name: str,
        date_of_birth: str | None = None,
        gender: Literal["male", "female", "notKnown", "notSpecified"] | None = None,
        last_known_post_code: str | None = None,
        previous_family_name: str | None = None,
        school_at_age16: str | None = None,
        place_of_birth: str | None = None,
        email_address: str | None = None,
        uln: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.MatchLearnerResponse:
        """Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or
        by ULN.

        Keywords:
            given_name: Given name.
            family_name: Family name.
            date_of_birth: Date of birth, `YYYY-MM-DD`; required without `uln`.
            gender: Gender; required without `uln`.
            last_known_post_code: Last known postcode; required without `uln`.
            previous_family_name: Previous family name.
            school_at_age16: School at age 16.
            place_of_birth: Place of birth.
            email_address: E-mail address.
            uln: The learner's ULN, to be checked against the names; not through a gateway.

        Outcomes:
            `exactMatch`: One learner fits; `learners` has them. Confirm the match if it is the right person.
            `possibleMatch`: Up to ten learners may be meant; `learners` has them and `mismatchedFields` where
                they differ.
            `linkedLearnerMatch`: The record was merged with another; `learners` has the learner it belongs to
                now.
            `tooManyMatches`: More than ten learners fit; search with more details.
            `noMatch`: No learner fits.
        """
        return await self._call(
            "match_learner",
            {
                "givenName": given_name,
                "familyName": family_name,
                "dateOfBirth": date_of_birth,
                "gender": gender,
                "lastKnownPostCode": last_known_post_code,
                "previousFamilyName": previous_family_name,
                "schoolAtAge16": school_at_age16,
                "placeOfBirth": place_of_birth,
                "emailAddress": email_address,
                "uln": uln,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.MatchLearnerResponse,
        )

    async def fetch_plr(
        self,
        *,
        person_id: str | None = None,
        uln: str | None = None,
        given_name: str | None = None,
        family_name: str | None = None,
        date_of_birth: str | None = None,
        gender: Literal["male", "female", "notKnown", "notSpecified"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.FetchPlrResponse:
        """Fetches a personal learning record, by ULN and names or for a person in the match register.

        Keywords:
            person_id: The person, as confirmed in the register.
            uln: The learner's ULN.
            given_name: Given name.
            family_name: Family name.
            date_of_birth: Date of birth, `YYYY-MM-DD`.
            gender: Gender.

        Outcomes:
            `found`: The learning events are in `learningEvents`; there may be none.
            `linked`: The record was merged with another; `foundUln` is whose events these are.
            `notShared`: The learner has chosen not to share their record.
            `notVerified`: ULN and names do not belong together.
            `notMatched`: No ULN was confirmed for this person; match and confirm first.
            `noUln`: It was confirmed that this person has no ULN.
        """
        return await self._call(
            "fetch_plr",
            {
                "personId": person_id,
                "uln": uln,
                "givenName": given_name,
                "familyName": family_name,
                "dateOfBirth": date_of_birth,
                "gender": gender,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.FetchPlrResponse,
        )

    async def get_match(
        self,
        *,
        person_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GetMatchResponse:
        """Says which ULN is confirmed for a person.

        Keywords:
            person_id: The person.

        Outcomes:
            `matched`: A ULN is confirmed for this person.
            `noUln`: It was confirmed that this person has no ULN.
            `notMatched`: Nobody has looked yet, or the match was taken back.
        """
        return await self._call(
            "get_match",
            {
                "personId": person_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GetMatchResponse,
        )

    async def confirm_match(
        self,
        *,
        person_id: str,
        uln: str,
        given_name: str,
        family_name: str,
        match_type: Literal["exactMatch", "possibleMatch", "linkedLearnerMatch", "tooManyMatches", "noMatch"],
        count_of_returned_ulns: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ConfirmMatchResponse:
        """Confirms which ULN a person has; no two people hold one ULN.

        Keywords:
            person_id: The person.
            uln: The learner's ULN.
            given_name: Given name, as the service has it.
            family_name: Family name, as the service has it.
            match_type: How the match was found.
            count_of_returned_ulns: How many ULNs the search gave; 1 when absent.

        Outcomes:
            `confirmed`: The match is in the register. A gateway says this as well when it was there before.
            `unchanged`: The register says so already.
            `ulnTaken`: Another person holds this ULN; nothing was written. Check both.
        """
        return await self._call(
            "confirm_match",
            {
                "personId": person_id,
                "uln": uln,
                "givenName": given_name,
                "familyName": family_name,
                "matchType": match_type,
                "countOfReturnedUlns": count_of_returned_ulns,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ConfirmMatchResponse,
        )

    async def confirm_no_match(
        self,
        *,
        person_id: str,
        match_type: Literal["exactMatch", "possibleMatch", "linkedLearnerMatch", "tooManyMatches", "noMatch"] | None = None,
        count_of_returned_ulns: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ConfirmNoMatchResponse:
        """Confirms that a person has no ULN.

        Keywords:
            person_id: The person.
            match_type: What the search gave; `noMatch` when absent.
            count_of_returned_ulns: How many ULNs the search gave; 0 when absent.

        Outcomes:
            `confirmed`: The register says that this person has no ULN. A gateway says this as well when it
                did before.
            `unchanged`: The register says so already.
        """
        return await self._call(
            "confirm_no_match",
            {
                "personId": person_id,
                "matchType": match_type,
                "countOfReturnedUlns": count_of_returned_ulns,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ConfirmNoMatchResponse,
        )

    async def remove_match(
        self,
        *,
        person_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RemoveMatchResponse:
        """Takes back what was confirmed of a person; the history stays.

        Keywords:
            person_id: The person.

        Outcomes:
            `removed`: What was confirmed is taken back. A gateway says this as well when there was nothing to
                take back.
            `unchanged`: There was nothing to take back.
        """
        return await self._call(
            "remove_match",
            {
                "personId": person_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RemoveMatchResponse,
        )

    async def subject_access_report(
        self,
        *,
        person_id: str,
        from_date: str | None = None,
        to_date: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.SubjectAccessReportResponse:
        """Gives all that the match register holds of a person.

        Keywords:
            person_id: The person.
            from_date: Rows of this day and later, `YYYY-MM-DD` in UTC.
            to_date: Rows of this day and earlier, `YYYY-MM-DD` in UTC.

        Outcomes:
            `found`: `rows` has what the register holds of this person.
            `none`: The register holds nothing of this person.
        """
        return await self._call(
            "subject_access_report",
            {
                "personId": person_id,
                "fromDate": from_date,
                "toDate": to_date,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.SubjectAccessReportResponse,
        )

    async def import_matches(
        self,
        *,
        path: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ImportMatchesResponse:
        """Imports the match register of another installation from a CSV file.

        Keywords:
            path: The file, in UTF-8 with a line of column names.

        Outcomes:
            `imported`: Every row is in the register.
            `partlyImported`: Some rows were refused; `refused` says which and why. The others are in the
                register.
        """
        return await self._call(
            "import_matches",
            {
                "path": path,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ImportMatchesResponse,
        )

    async def export_matches(
        self,
        *,
        path: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ExportMatchesResponse:
        """Writes the match register to a CSV file that only its owner may read.

        Keywords:
            path: The file, which must not exist; only its owner may read it. It holds everything in clear.

        Outcomes:
            `exported`: The file has the whole register.
        """
        return await self._call(
            "export_matches",
            {
                "path": path,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ExportMatchesResponse,
        )

    async def get_xsre(
        self,
        *,
        student_id: str,
        authorized_entity_id: int,
        external_service_id: int,
        personnel_id: int | None = None,
        zone_id: str | None = None,
        context_id: str | None = None,
        formats: Sequence[Literal["xml", "json", "summary"]] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GetXsreResponse:
        """Asks for a student's record, as far as the asking service may see it.

        Keywords:
            student_id: The district's id of the student.
            authorized_entity_id: The organisation that asks, by its number at the exchange.
            external_service_id: The service that asks, by its number at the exchange.
            personnel_id: The person who asks, by their number at the exchange.
            zone_id: The zone of the district; `sif.zoneId` of the configuration when absent.
            context_id: The context; `sif.contextId` of the configuration when absent.
            formats: The forms to answer with; all when absent.

        Outcomes:
            `found`: The parts of the record that this service may see are in the response.
            `notFound`: There is nothing to show: no such student, no consent, or no right to ask. Which of
                these is not told, on purpose.
        """
        return await self._call(
            "get_xsre",
            {
                "studentId": student_id,
                "authorizedEntityId": authorized_entity_id,
                "externalServiceId": external_service_id,
                "personnelId": personnel_id,
                "zoneId": zone_id,
                "contextId": context_id,
                "formats": formats,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GetXsreResponse,
        )

    async def authorize_sif_request(
        self,
        *,
        authorization: str | None = None,
        timestamp: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.AuthorizeSifRequestResponse:
        """Checks the headers with which a SIF request came, once for each request.

        Keywords:
            authorization: The header `Authorization`, as it came; absent when there was none.
            timestamp: The header `timestamp`, as it came; absent when there was none.

        Outcomes:
            `authorized`: The caller is the one whose profile is in the response.
            `refused`: The caller is not let in; `httpStatus` and `description` are what to answer.
        """
        return await self._call(
            "authorize_sif_request",
            {
                "authorization": authorization,
                "timestamp": timestamp,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.AuthorizeSifRequestResponse,
        )

    async def filter_xsre(
        self,
        *,
        xml: str,
        data_objects: Sequence[Mapping[str, Any]] | None = None,
        stylesheet: str | None = None,
        object_type: str | None = None,
        statements: Literal["reference", "fixed"] | None = None,
        formats: Sequence[Literal["xml", "json", "summary"]] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.FilterXsreResponse:
        """Filters a student's record by data objects or the stylesheet of the Privacy Rules Service.

        Keywords:
            xml: The record as XML.
            data_objects: The data objects, in their order. Keys: `filterType`, `includeStatement`.
            stylesheet: The stylesheet; instead of `dataObjects`.
            object_type: What kind of object the data objects are for; `xSre` when absent.
            statements: How statements become paths; `sif.statements` of the configuration when absent.
            formats: The forms to answer with; only XML when absent.

        Outcomes:
            `filtered`: The response has what the filter lets through.
        """
        return await self._call(
            "filter_xsre",
            {
                "xml": xml,
                "dataObjects": data_objects,
                "stylesheet": stylesheet,
                "objectType": object_type,
                "statements": statements,
                "formats": formats,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.FilterXsreResponse,
        )

    async def import_sif_rules(
        self,
        *,
        path: str | None = None,
        rules: Mapping[str, Any] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ImportSifRulesResponse:
        """Takes rules of the Privacy Rules Service into the store, instead of those that are there.

        Keywords:
            path: Path of a JSON file with the rules.
            rules: The rules; instead of `path`. Keys: `authorizedEntities`, `externalServices`,
                `districtServices`, `students`.

        Outcomes:
            `imported`: The store has these rules, and no others.
        """
        return await self._call(
            "import_sif_rules",
            {
                "path": path,
                "rules": rules,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ImportSifRulesResponse,
        )

    async def start_enrollment(
        self,
        *,
        body: str,
        accept_language: str | None = None,
        admitted: bool | None = None,
        already_enrolled: bool | None = None,
        enrolled: int | None = None,
        most: int | None = None,
        decided: Mapping[str, Any] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.StartEnrollmentResponse:
        """Handles a start that the host's own web server received, and says what to answer the receiver.

        Keywords:
            body: The body of the request as it came. Whatever it is, there is an answer for the receiver.
            accept_language: The header `Accept-Language` as it came; absent when there was none.
            admitted: Whether the student was let through the waiting room, where there is one.
            already_enrolled: That the host's system has the same person enrolled already under another id.
            enrolled: How many are enrolled by the host's own books; the offering's own number when absent.
            most: How many can be by the host's own books; the offering's own number when absent.
            decided: What the host program decides, if it does so at once. Keys: `decision`, `message`,
                `redirect`, `alreadyEnrolled`.

        Outcomes:
            `associated`: Both institutions agree: the student is enrolled.
            `pending`: The application is kept; the host program, the home institution or the delivery is
                still to come.
            `queued`: The student is on the waiting list.
            `alreadyEnrolled`: The student is enrolled for this offering already.
            `alreadyPending`: The student has applied for this offering already.
            `alreadyQueued`: The student is on the waiting list of this offering already.
            `denied`: The host program refused.
            `deniedByHome`: The home institution refused.
            `notActive`: The student is not actively enrolled at home.
            `notYetOpen`: Enrolment has not opened yet.
            `closed`: Enrolment has closed.
            `full`: There is no place left, and none on a waiting list.
            `invalidRequest`: The body is not what a receiver sends; nothing is kept of it.
            `queueFailed`: The student was not let through the waiting room.
            `loginAgain`: The application is kept, but the student must log in and start again.
            `personNotFound`: The home institution does not know the student.
            `backendError`: The host program failed, or the home institution refused the association as
                malformed.
            `internalError`: Nothing was accepted, because the library could not keep it.
        """
        return await self._call(
            "start_enrollment",
            {
                "body": body,
                "acceptLanguage": accept_language,
                "admitted": admitted,
                "alreadyEnrolled": already_enrolled,
                "enrolled": enrolled,
                "most": most,
                "decided": decided,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.StartEnrollmentResponse,
        )

    async def list_enrollments(
        self,
        *,
        enrollment_id: str | None = None,
        person_id: str | None = None,
        offering_id: str | None = None,
        state: Literal["pending", "queued", "associated", "denied", "canceled"] | None = None,
        undecided: bool | None = None,
        outbox: Literal["waiting", "needsLogin", "parked"] | None = None,
        changed_after: int | None = None,
        hand_out: bool | None = None,
        wait_ms: int | None = None,
        with_bodies: bool | None = None,
        limit: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ListEnrollmentsResponse:
        """Lists enrolments, hands out those to be decided, and waits for new ones.

        Keywords:
            enrollment_id: Only this one, by our own id.
            person_id: Only those of this person.
            offering_id: Only those for this offering.
            state: Only those in this state.
            undecided: Only those that the host program has not decided, or only those it has.
            outbox: Only those with something in the outbox in this state.
            changed_after: Only those that changed after this; give the last `version` that was seen.
            hand_out: Takes undecided ones from the inbox, oldest first: nobody else is handed them for
                `leaseSeconds`.
            wait_ms: Waits so long for the first, in milliseconds (0 to 600,000).
            with_bodies: Whether to give offering and person as they came.
            limit: At most this many, 1 to 1,000; 100 when absent.

        Outcomes:
            `ok`: The enrolments are in the response, by their last change.
        """
        return await self._call(
            "list_enrollments",
            {
                "enrollmentId": enrollment_id,
                "personId": person_id,
                "offeringId": offering_id,
                "state": state,
                "undecided": undecided,
                "outbox": outbox,
                "changedAfter": changed_after,
                "handOut": hand_out,
                "waitMs": wait_ms,
                "withBodies": with_bodies,
                "limit": limit,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ListEnrollmentsResponse,
        )

    async def decide_enrollment(
        self,
        *,
        enrollment_id: str,
        decision: Literal["associate", "pending", "queue", "deny", "fail"],
        message: Mapping[str, Any] | None = None,
        redirect: str | None = None,
        already_enrolled: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.DecideEnrollmentResponse:
        """Decides about an application.

        Keywords:
            enrollment_id: Our own id of the enrolment.
            decision: The decision.
            message: What the student is told instead of a text of ours, while the start is still open and
                nothing else comes of it. Keys: `en`, `nl`.
            redirect: Where the student is to go on, an address of HTTPS, while the start is still open.
            already_enrolled: With `deny`: that the same person is enrolled already under another id.

        Outcomes:
            `decided`: The decision is kept, and what follows from it will be sent.
            `unchanged`: This was decided before.
            `alreadyDecided`: Something else was decided before, which stands.
            `ended`: The enrolment has ended meanwhile.
            `illegalTransition`: The host's state cannot become this one; nothing was changed.
            `notFound`: There is no such enrolment.
        """
        return await self._call(
            "decide_enrollment",
            {
                "enrollmentId": enrollment_id,
                "decision": decision,
                "message": message,
                "redirect": redirect,
                "alreadyEnrolled": already_enrolled,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.DecideEnrollmentResponse,
        )

    async def create_association(
        self,
        *,
        enrollment_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CreateAssociationResponse:
        """Tries to create the association of an enrolment at the home institution now.

        Keywords:
            enrollment_id: Our own id of the enrolment.

        Outcomes:
            `created`: The home institution has the association; its states are in the response.
            `alreadyCreated`: It has it already.
            `kept`: It could not be delivered now and is kept for later.
            `loginAgain`: The student must log in first; it is kept.
            `parked`: It is parked; `outbox` says why.
            `ended`: The enrolment has ended.
            `notFound`: There is no such enrolment.
        """
        return await self._call(
            "create_association",
            {
                "enrollmentId": enrollment_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CreateAssociationResponse,
        )

    async def update_association(
        self,
        *,
        enrollment_id: str,
        state: Literal["pending", "queued", "associated", "denied", "canceled"],
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.UpdateAssociationResponse:
        """Changes the host's state of an enrolment and tells the home institution.

        Keywords:
            enrollment_id: Our own id of the enrolment.
            state: The new state.

        Outcomes:
            `sent`: The home institution has the new state.
            `unchanged`: It is the host's state already.
            `kept`: The new state is kept; it will be sent when it can be.
            `illegalTransition`: The host's state cannot become this one; nothing was changed.
            `notFound`: There is no such enrolment.
        """
        return await self._call(
            "update_association",
            {
                "enrollmentId": enrollment_id,
                "state": state,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.UpdateAssociationResponse,
        )

    async def get_association(
        self,
        *,
        enrollment_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GetAssociationResponse:
        """Asks the home institution how it stands with an association.

        Keywords:
            enrollment_id: Our own id of the enrolment.

        Outcomes:
            `found`: What the home institution says now is in the response.
            `notCreated`: The home institution has no association yet.
            `untracked`: The receiver does not know the association; nothing more can be had of it.
            `loginAgain`: The student must log in first.
            `notFound`: There is no such enrolment.
        """
        return await self._call(
            "get_association",
            {
                "enrollmentId": enrollment_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GetAssociationResponse,
        )

    async def get_person(
        self,
        *,
        enrollment_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.GetPersonResponse:
        """Asks the home institution whether a student is still actively enrolled there.

        Keywords:
            enrollment_id: Our own id of an enrolment of theirs.

        Outcomes:
            `active`: The student is actively enrolled at home.
            `inactive`: The student is not actively enrolled at home.
            `unknown`: The home institution does not say.
            `personNotFound`: The home institution does not know the student.
            `loginAgain`: The student must log in first.
            `notFound`: There is no such enrolment.
        """
        return await self._call(
            "get_person",
            {
                "enrollmentId": enrollment_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.GetPersonResponse,
        )

    async def send_results(
        self,
        *,
        enrollment_id: str,
        result: Mapping[str, Any],
        force: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.SendResultsResponse:
        """Sends a student's result to the home institution.

        Keywords:
            enrollment_id: Our own id of the enrolment.
            result: The result; it replaces the one before. Keys: `state`, `pass`, `comment`, `score`,
                `resultDate`, `studyLoad`, `weight`, `ext`.
            force: Sends it also when the enrolment was cancelled.

        Outcomes:
            `sent`: The home institution has the result.
            `unchanged`: It has this result already, or it is about to be sent.
            `kept`: The result is kept; it will be sent when it can be.
            `notAssociated`: Both institutions must agree on the enrolment first.
            `notFound`: There is no such enrolment.
        """
        return await self._call(
            "send_results",
            {
                "enrollmentId": enrollment_id,
                "result": result,
                "force": force,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.SendResultsResponse,
        )

    async def flush_outbox(
        self,
        *,
        everything: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.FlushOutboxResponse:
        """Sends to home institutions what is due, or everything.

        Keywords:
            everything: Whether to try also what waits for its time.

        Outcomes:
            `flushed`: Everything that was due was tried.
            `empty`: There was nothing to send.
        """
        return await self._call(
            "flush_outbox",
            {
                "everything": everything,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.FlushOutboxResponse,
        )

    async def resolve_delivery(
        self,
        *,
        enrollment_id: str,
        entry_id: str,
        resolution: Literal["retry", "discard", "delivered"],
        association_id: str | None = None,
        state: Literal["pending", "queued", "associated", "denied", "canceled"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ResolveDeliveryResponse:
        """Says what to do with something that could not be delivered and needs somebody to look at it.

        Keywords:
            enrollment_id: Our own id of the enrolment.
            entry_id: The entry's id.
            resolution: What to do.
            association_id: The association's id at the home institution, with `delivered`.
            state: The home institution's state of it, with `delivered`.

        Outcomes:
            `resolved`: It was done as asked.
            `notWaiting`: The entry is neither parked nor waiting for a login.
            `notFound`: There is no such enrolment or entry.
        """
        return await self._call(
            "resolve_delivery",
            {
                "enrollmentId": enrollment_id,
                "entryId": entry_id,
                "resolution": resolution,
                "associationId": association_id,
                "state": state,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ResolveDeliveryResponse,
        )

    async def retrieve_linkage_key(
        self,
        *,
        ods_code: str,
        nhs_number: str,
        supplier: str | None = None,
        surname: str | None = None,
        date_of_birth: str | None = None,
        identity_token: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RetrieveLinkageKeyResponse:
        """Asks for the linkage key of a patient, from our own register or a supplier's system.

        Keywords:
            ods_code: Code of the organisation where the patient is registered.
            nhs_number: The patient's NHS number: ten digits, together or in groups of 3, 3 and 4.
            supplier: The supplier to ask, by its name in the configuration; `linkage.defaultSupplier` or our
                own register when absent.
            surname: Surname, which `tpp` wants, and which is answered as given where a supplier does not tell
                it.
            date_of_birth: Date of birth, `YYYY-MM-DD`, as `surname`.
            identity_token: Proof of the patient's identity, which `emis` wants.

        Outcomes:
            `ok`: The key and what belongs to it are in the response.
            `odsNotFound`: The organisation is not on the register.
            `odsBlocked`: The organisation has switched off digital services.
            `patientNotFound`: The patient is not registered at this organisation.
            `patientBlocked`: The patient's digital access is blocked; `detail` says why.
            `keyRevoked`: The patient's key was revoked.
            `noLinkageKey`: The patient has no key yet; create one.
            `retrieveFailed`: The patient was found, but the key cannot be read.
        """
        return await self._call(
            "retrieve_linkage_key",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "supplier": supplier,
                "surname": surname,
                "dateOfBirth": date_of_birth,
                "identityToken": identity_token,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RetrieveLinkageKeyResponse,
        )

    async def create_linkage_key(
        self,
        *,
        ods_code: str,
        nhs_number: str,
        surname: str,
        date_of_birth: str,
        supplier: str | None = None,
        identity_token: str | None = None,
        email_address: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CreateLinkageKeyResponse:
        """Makes a linkage key for a patient who has none in force.

        Keywords:
            ods_code: Code of the organisation where the patient is registered.
            nhs_number: The patient's NHS number: ten digits, together or in groups of 3, 3 and 4.
            surname: The patient's surname, at most 100 characters.
            date_of_birth: The patient's date of birth, `YYYY-MM-DD`.
            supplier: The supplier to ask, by its name in the configuration; `linkage.defaultSupplier` or our
                own register when absent.
            identity_token: Proof of the patient's identity, which `emis` wants.
            email_address: The patient's e-mail address, which `emis` wants and `tpp` takes.

        Outcomes:
            `ok`: The new key and what belongs to it are in the response.
            `odsNotFound`: The organisation is not on the register.
            `odsBlocked`: The organisation has switched off digital services.
            `patientNotFound`: No patient of this number, surname and date of birth is registered at this
                organisation.
            `patientBlocked`: The patient's digital access is blocked; `detail` says why.
            `keyAlreadyExists`: The patient has a key; retrieve it.
            `keyRevoked`: The patient's key was revoked, and the supplier makes no other.
            `noLinkageKey`: The supplier has no key and makes none.
            `createFailed`: The patient was found, but no key could be made; try again.
        """
        return await self._call(
            "create_linkage_key",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "surname": surname,
                "dateOfBirth": date_of_birth,
                "supplier": supplier,
                "identityToken": identity_token,
                "emailAddress": email_address,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CreateLinkageKeyResponse,
        )

    async def retrieve_or_create_linkage_key(
        self,
        *,
        ods_code: str,
        nhs_number: str,
        surname: str,
        date_of_birth: str,
        supplier: str | None = None,
        identity_token: str | None = None,
        email_address: str | None = None,
        reissue_revoked: bool | None = None,
        create_after_patient_not_found: bool | None = None,
        verify_demographics: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RetrieveOrCreateLinkageKeyResponse:
        """Asks for the linkage key of a patient, and has one made when there is none.

        Keywords:
            ods_code: Code of the organisation where the patient is registered.
            nhs_number: The patient's NHS number: ten digits, together or in groups of 3, 3 and 4.
            surname: The patient's surname, at most 100 characters.
            date_of_birth: The patient's date of birth, `YYYY-MM-DD`.
            supplier: The supplier to ask, by its name in the configuration; `linkage.defaultSupplier` or our
                own register when absent.
            identity_token: Proof of the patient's identity, which `emis` wants.
            email_address: The patient's e-mail address, which `emis` wants even where the key exists, and
                `tpp` takes.
            reissue_revoked: Whether a patient whose key was revoked gets another; `true` when absent.
            create_after_patient_not_found: Whether to create a key after the supplier said that it does not
                know the patient; `false` when absent.
            verify_demographics: Whether the surname and date of birth that come with a retrieved key must
                match; `true` when absent.

        Outcomes:
            `ok`: The key is in the response; `created` says whether it is new.
            `odsNotFound`: The organisation is not on the register.
            `odsBlocked`: The organisation has switched off digital services.
            `patientNotFound`: No patient of this number, surname and date of birth is registered at this
                organisation.
            `patientBlocked`: The patient's digital access is blocked; `detail` says why.
            `keyRevoked`: The patient's key was revoked, and the request did not allow another.
            `noLinkageKey`: The supplier has no key and makes none.
            `keyAlreadyExists`: The supplier says that there is a key but does not give it.
            `retrieveFailed`: The patient was found, but the key cannot be read.
            `createFailed`: The patient was found, but no key could be made; try again.
        """
        return await self._call(
            "retrieve_or_create_linkage_key",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "surname": surname,
                "dateOfBirth": date_of_birth,
                "supplier": supplier,
                "identityToken": identity_token,
                "emailAddress": email_address,
                "reissueRevoked": reissue_revoked,
                "createAfterPatientNotFound": create_after_patient_not_found,
                "verifyDemographics": verify_demographics,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RetrieveOrCreateLinkageKeyResponse,
        )

    async def revoke_linkage_key(
        self,
        *,
        ods_code: str,
        nhs_number: str,
        reason: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RevokeLinkageKeyResponse:
        """Revokes a patient's linkage key in our own register; it never becomes valid again.

        Keywords:
            ods_code: Code of the organisation where the patient is registered.
            nhs_number: The patient's NHS number.
            reason: Why, for the register; at most 100 characters and nothing clinical.

        Outcomes:
            `revoked`: The key is revoked and never becomes valid again.
            `unchanged`: It was revoked before; the first time stays.
            `noLinkageKey`: The patient has no key.
            `odsNotFound`: The organisation is not on the register.
            `patientNotFound`: The patient is not registered at this organisation.
        """
        return await self._call(
            "revoke_linkage_key",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "reason": reason,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RevokeLinkageKeyResponse,
        )

    async def set_linkage_access(
        self,
        *,
        ods_code: str,
        nhs_number: str | None = None,
        blocked: bool,
        reason: Literal["PRACTICE_DECISION", "PATIENT_ARCHIVED", "ACCOUNT_DISABLED", "UNDER_MINIMUM_AGE_OR_NOT_COMPETENT", "NOT_VALID_FOR_ONLINE_USE", "MULTIPLE_RECORDS", "OTHER"] | None = None,
        text: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.SetLinkageAccessResponse:
        """Blocks or unblocks a patient or an organisation in our own register.

        Keywords:
            ods_code: Code of the organisation.
            nhs_number: The NHS number of the patient whose access is meant; all of the organisation's when
                absent.
            blocked: Whether access is blocked.
            reason: Why a patient is blocked; `OTHER` when absent.
            text: What the caller may be told of it: at most 256 characters and nothing clinical.

        Outcomes:
            `changed`: The register has it.
            `unchanged`: The register said so already.
            `odsNotFound`: The organisation is not on the register.
            `patientNotFound`: The patient is not registered at this organisation.
        """
        return await self._call(
            "set_linkage_access",
            {
                "odsCode": ods_code,
                "nhsNumber": nhs_number,
                "blocked": blocked,
                "reason": reason,
                "text": text,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.SetLinkageAccessResponse,
        )

    async def check_linkage_key(
        self,
        *,
        ods_code: str,
        account_id: str,
        linkage_key: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CheckLinkageKeyResponse:
        """Checks an account id and linkage key that somebody presents against our own register.

        Keywords:
            ods_code: Code of the organisation.
            account_id: The account ID.
            linkage_key: The linkage key.

        Outcomes:
            `valid`: Account and key belong together, the key is in force and nothing is blocked.
            `notValid`: They do not, or something is blocked or revoked; which of these is not told.
        """
        return await self._call(
            "check_linkage_key",
            {
                "odsCode": ods_code,
                "accountId": account_id,
                "linkageKey": linkage_key,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CheckLinkageKeyResponse,
        )

    async def import_register(
        self,
        *,
        path: str,
        passphrase: str | None = None,
        on_conflict: Literal["fail", "skip", "replace"] | None = None,
        on_refused: Literal["stop", "skip"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ImportRegisterResponse:
        """Imports organisations, patients, accounts and linkage keys from a file into our own register.

        Keywords:
            path: Path of the file: CSV or JSON Lines in UTF-8, or a sealed export; it is told by its first
                line.
            passphrase: The passphrase of a sealed export.
            on_conflict: What to do with what is on the register already; `fail` when absent.
            on_refused: What to do when rows are refused; `stop` when absent.

        Outcomes:
            `imported`: Every row is in the register.
            `partlyImported`: Some rows were refused; `refused` says which and why. The others are in the
                register.
            `refused`: Some rows were refused, and nothing was imported; `refused` says which and why.
        """
        return await self._call(
            "import_register",
            {
                "path": path,
                "passphrase": passphrase,
                "onConflict": on_conflict,
                "onRefused": on_refused,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ImportRegisterResponse,
        )

    async def export_register(
        self,
        *,
        path: str,
        passphrase: str | None = None,
        format: Literal["csv", "jsonLines"] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ExportRegisterResponse:
        """Writes our own register to a file, sealed under a passphrase or without its linkage keys.

        Keywords:
            path: Path of the file, which must not exist.
            passphrase: Seals the export, which then has everything, linkage keys included; at least 12
                characters. Without one the export has no linkage keys.
            format: The form of an export without a passphrase; `csv` when absent.

        Outcomes:
            `exported`: The file has the whole register.
        """
        return await self._call(
            "export_register",
            {
                "path": path,
                "passphrase": passphrase,
                "format": format,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ExportRegisterResponse,
        )

    async def put_profile(
        self,
        *,
        display_name: str,
        vera: Mapping[str, Any] | None = None,
        lrs: Mapping[str, Any] | None = None,
        lrs_gateway: Mapping[str, Any] | None = None,
        sif: Mapping[str, Any] | None = None,
        enrollment: Mapping[str, Any] | None = None,
        linkage: Mapping[str, Any] | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.PutProfileResponse:
        """Adds or changes a provider and its credentials, which are sealed.

        Keywords:
            display_name: What people call the organisation; learners may be shown it.
            vera: Credential for DfE View Education Record. Keys: `clientId`, `clientSecret`, `tenantId`,
                `resource`, `baseUrl`.
            lrs: Credential for the Learning Records Service. Keys: `ukprn`, `password`, `vendorId`, `pfx`,
                `pfxPassword`.
            lrs_gateway: Credential for a gateway to the Learning Records Service. Keys: `clientId`,
                `clientSecret`.
            sif: Credential for SIF Student Record Exchange. Keys: `sessionToken`, `sharedSecret`.
            enrollment: Credential for the subscription receiver of student-mobility enrolment. Keys: `user`,
                `password`.
            linkage: Credential for the systems of linkage-key suppliers. Keys: `clientId`, `clientSecret`,
                `pfx`, `pfxPassword`.

        Outcomes:
            `ok`: Done.
        """
        return await self._call(
            "put_profile",
            {
                "displayName": display_name,
                "vera": vera,
                "lrs": lrs,
                "lrsGateway": lrs_gateway,
                "sif": sif,
                "enrollment": enrollment,
                "linkage": linkage,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.PutProfileResponse,
        )

    async def list_profiles(
        self,
        *,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ListProfilesResponse:
        """Lists the providers, without their secrets.

        Outcomes:
            `ok`: Done.
        """
        return await self._call(
            "list_profiles",
            {
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ListProfilesResponse,
        )

    async def remove_profile(
        self,
        *,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RemoveProfileResponse:
        """Removes a provider and its credentials.

        Outcomes:
            `ok`: Done.
        """
        return await self._call(
            "remove_profile",
            {
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RemoveProfileResponse,
        )

    async def query_audit(
        self,
        *,
        after_seq: int | None = None,
        from_: str | None = None,
        to: str | None = None,
        operation: str | None = None,
        system: str | None = None,
        by_user: str | None = None,
        with_trace_id: str | None = None,
        uln: str | None = None,
        person_id: str | None = None,
        nhs_number: str | None = None,
        enrollment_person_id: str | None = None,
        outcome: str | None = None,
        newest_first: bool | None = None,
        limit: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.QueryAuditResponse:
        """Reads the audit trail.

        Keywords:
            after_seq: Entries after this number: the last `seq` of the page before.
            from_: Not before this time.
            to: Before this time.
            operation: Of this operation.
            system: Of this system.
            by_user: By this user.
            with_trace_id: With this trace id.
            uln: About the learner with this ULN.
            person_id: About the person with this id, in operations that name one.
            nhs_number: About the patient with this NHS number.
            enrollment_person_id: Only those about this student, by the id that a subscription receiver has
                for them.
            outcome: With this outcome or error code.
            newest_first: Newest first instead of oldest first.
            limit: At most this many; 100 when absent.

        Outcomes:
            `ok`: Done.
        """
        return await self._call(
            "query_audit",
            {
                "afterSeq": after_seq,
                "from": from_,
                "to": to,
                "operation": operation,
                "system": system,
                "byUser": by_user,
                "withTraceId": with_trace_id,
                "uln": uln,
                "personId": person_id,
                "nhsNumber": nhs_number,
                "enrollmentPersonId": enrollment_person_id,
                "outcome": outcome,
                "newestFirst": newest_first,
                "limit": limit,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.QueryAuditResponse,
        )

    async def verify_audit(
        self,
        *,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.VerifyAuditResponse:
        """Checks that the audit trail is complete and unaltered.

        Outcomes:
            `intact`: Every entry is as it was written and none is missing.
            `altered`: An entry was altered; `atSeq` is the first that does not fit.
            `incomplete`: Entries are missing; `atSeq` is the first that is.
        """
        return await self._call(
            "verify_audit",
            {
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.VerifyAuditResponse,
        )

    async def purge(
        self,
        *,
        audit_days: int | None = None,
        share_days: int | None = None,
        enrollment_days: int | None = None,
        batch_days: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.PurgeResponse:
        """Removes what is older than its retention.

        Keywords:
            audit_days: Keep audit entries of this many days.
            share_days: Keep shares of this many days.
            enrollment_days: Keep what came with enrolments for so many days after they ended.
            batch_days: Keep bulk jobs for so many days after they came to their last row; what they wrote
                stays.

        Outcomes:
            `ok`: Done.
        """
        return await self._call(
            "purge",
            {
                "auditDays": audit_days,
                "shareDays": share_days,
                "enrollmentDays": enrollment_days,
                "batchDays": batch_days,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.PurgeResponse,
        )

    async def rotate_key(
        self,
        *,
        new_vault_key: str | None = None,
        new_vault_key_file: str | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.RotateKeyResponse:
        """Seals everything anew under a new key.

        Keywords:
            new_vault_key: The new master key, base64 of 32 bytes; configure it as `vaultKey` from the next
                start on.
            new_vault_key_file: A file with the new master key, instead of `newVaultKey`.

        Outcomes:
            `ok`: Done.
        """
        return await self._call(
            "rotate_key",
            {
                "newVaultKey": new_vault_key,
                "newVaultKeyFile": new_vault_key_file,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.RotateKeyResponse,
        )

    async def start_listener(
        self,
        *,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.StartListenerResponse:
        """Starts to serve the interfaces that the configuration's `listener` section describes.

        Outcomes:
            `started`: It serves now.
            `alreadyRunning`: It was serving before, at this address.
        """
        return await self._call(
            "start_listener",
            {
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.StartListenerResponse,
        )

    async def stop_listener(
        self,
        *,
        patience_ms: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.StopListenerResponse:
        """Stops to serve, letting requests under way end.

        Keywords:
            patience_ms: How long requests under way may still take, in milliseconds; 5,000 when absent.

        Outcomes:
            `stopped`: It serves no more.
            `notRunning`: It was not serving.
        """
        return await self._call(
            "stop_listener",
            {
                "patienceMs": patience_ms,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.StopListenerResponse,
        )

    async def health(
        self,
        *,
        probe: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.HealthResponse:
        """Tells whether the plugin can work.

        Keywords:
            probe: Also read the store.

        Outcomes:
            `ok`: The plugin can work.
            `degraded`: A host is being left alone after repeated failures.
        """
        return await self._call(
            "health",
            {
                "probe": probe,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.HealthResponse,
        )

    async def start_batch(
        self,
        *,
        operation: str,
        input: str,
        input_format: Literal["csv", "jsonl"] | None = None,
        encoding: Literal["utf-8", "windows-1252"] | None = None,
        delimiter: str | None = None,
        header: bool | None = None,
        columns: Mapping[str, Any] | None = None,
        request: Mapping[str, Any] | None = None,
        id_column: str | None = None,
        unique: bool | None = None,
        output: str | None = None,
        output_format: Literal["csv", "jsonl", "parquet"] | None = None,
        keep: Sequence[str] | None = None,
        overwrite: bool | None = None,
        spreadsheet_safe: bool | None = None,
        concurrency: int | None = None,
        rate_per_second: float | None = None,
        attempts: int | None = None,
        stop_after_errors: int | None = None,
        dry_run: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.StartBatchResponse:
        """Starts to run an operation for every row of a file, or checks the rows without running anything.

        Keywords:
            operation: The operation to run for each row, by its name.
            input: Path of the file to read.
            input_format: The file's form; by its name when absent: `.csv`, `.tsv`, `.txt`, or `.jsonl`,
                `.ndjson`.
            encoding: How its letters are stored.
            delimiter: What stands between the values of a CSV file: a comma, a semicolon, a tab or `|`; found
                out from its first line when absent.
            header: Whether the first line of a CSV file names the columns; without names they are `1`, `2`
                and so on.
            columns: Which column goes into which key of the operation's request, `{"learner.givenName":
                "forename"}`; when absent, every column whose name is that of a key, whatever its case and
                without `_`, `-` and blanks.
            request: What every row's request has beside its own values, such as `ukprn` and `user`.
            id_column: A column that tells rows apart; it is carried to the results.
            unique: Whether a row that repeats the value of `idColumn` is refused; that is so when absent.
            output: Path of the file to write; not needed with `dryRun`.
            output_format: The form of the results; by the file's name when absent: `.csv`, `.jsonl`,
                `.ndjson` or `.parquet`.
            keep: Columns of the input to carry to the results; all when absent.
            overwrite: Whether a file that exists under the output's name is replaced, at the end of the
                batch; else it is an error.
            spreadsheet_safe: Puts an apostrophe before text of CSV results that a spreadsheet would take for
                a formula.
            concurrency: How many rows are worked on at once (1 to 1024); 16 when absent.
            rate_per_second: How many calls a second to begin at most, for each profile.
            attempts: How often a row is tried when the service is busy or does not answer (1 to 100); 5 when
                absent.
            stop_after_errors: After how many rows that failed or were refused the batch stops.
            dry_run: Reads and checks every row, calls nothing and writes nothing.

        Outcomes:
            `started`: The batch runs in the background; `batch_status` tells how far it has come.
            `validated`: Every row can be run; nothing was called or written.
            `invalid`: Some rows would be refused; `refusedRows` says which and why. Nothing was called or
                written.
        """
        return await self._call(
            "start_batch",
            {
                "operation": operation,
                "input": input,
                "inputFormat": input_format,
                "encoding": encoding,
                "delimiter": delimiter,
                "header": header,
                "columns": columns,
                "request": request,
                "idColumn": id_column,
                "unique": unique,
                "output": output,
                "outputFormat": output_format,
                "keep": keep,
                "overwrite": overwrite,
                "spreadsheetSafe": spreadsheet_safe,
                "concurrency": concurrency,
                "ratePerSecond": rate_per_second,
                "attempts": attempts,
                "stopAfterErrors": stop_after_errors,
                "dryRun": dry_run,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.StartBatchResponse,
        )

    async def batch_status(
        self,
        *,
        batch_id: str,
        wait_ms: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.BatchStatusResponse:
        """Tells how far a batch has come, at once or when it ends.

        Keywords:
            batch_id: The batch.
            wait_ms: How long to wait for its end, in milliseconds.

        Outcomes:
            `running`: It is being worked on.
            `done`: Every row has its answer, and the results are written.
            `doneWithErrors`: The results are written; some rows failed or were refused, and their rows say
                why.
            `cancelled`: It was cancelled; `resume_batch` goes on with it.
            `interrupted`: The process or plugin that worked on it has ended; `resume_batch` goes on with it.
            `failed`: It could not go on; `error` says why. `resume_batch` goes on once that is mended.
        """
        return await self._call(
            "batch_status",
            {
                "batchId": batch_id,
                "waitMs": wait_ms,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.BatchStatusResponse,
        )

    async def resume_batch(
        self,
        *,
        batch_id: str,
        repeat_interrupted: bool | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ResumeBatchResponse:
        """Goes on with a batch that has ended early, without repeating a row that is done.

        Keywords:
            batch_id: The batch.
            repeat_interrupted: Whether rows are run again whose call was under way when the batch ended, of
                operations that send or make something; else they are reported with the error
                `BATCH_ROW_INTERRUPTED`.

        Outcomes:
            `resumed`: It goes on in the background.
            `running`: It is being worked on already, here or by another process.
            `finished`: Its results are written; there is nothing left to do.
        """
        return await self._call(
            "resume_batch",
            {
                "batchId": batch_id,
                "repeatInterrupted": repeat_interrupted,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ResumeBatchResponse,
        )

    async def list_batches(
        self,
        *,
        state: str | None = None,
        limit: int | None = None,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.ListBatchesResponse:
        """Lists batches, newest first.

        Keywords:
            state: Those in this state only; see the outcomes of `batch_status`.
            limit: At most this many (1 to 1000); 100 when absent.

        Outcomes:
            `ok`: Done.
        """
        return await self._call(
            "list_batches",
            {
                "state": state,
                "limit": limit,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.ListBatchesResponse,
        )

    async def cancel_batch(
        self,
        *,
        batch_id: str,
        ukprn: str | None = None,
        profile: str | None = None,
        user: str | None = None,
        trace_id: str | None = None,
        timeout_ms: int | None = None,
    ) -> models.CancelBatchResponse:
        """Ends a batch; what is done is kept, and it can be resumed.

        Keywords:
            batch_id: The batch.

        Outcomes:
            `cancelled`: It has ended. Rows whose calls were under way are not done.
            `notRunning`: Nobody was working on it.
        """
        return await self._call(
            "cancel_batch",
            {
                "batchId": batch_id,
                "ukprn": ukprn,
                "profile": profile,
                "user": user,
                "traceId": trace_id,
                "timeoutMs": timeout_ms,
            },
            models.CancelBatchResponse,
        )
