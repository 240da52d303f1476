"""What the operations answer with.

Generated from the Rust sources by `cargo run -p headergen`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ._model import Key, Model, Response


@dataclass(frozen=True, repr=False)
class QrImage(Model):
    """The raster image."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("source", "source"),
        Key("media_type", "mediaType", shown=True),
        Key("base64", "base64"),
        Key("data_uri", "dataUri"),
    )

    source: str
    """Where it comes from."""
    media_type: str
    """`image/png`, `image/jpeg` or `image/gif`."""
    base64: str
    """The image's bytes in base64."""
    data_uri: str
    """The same as a data URI, for an `img` element."""


@dataclass(frozen=True, repr=False)
class FreeSchoolMealTerm(Model):
    """When eligibility was last recorded. Special category."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("term", "term"),
        Key("academic_year", "academicYear"),
    )

    term: int | None
    """1 autumn, 2 spring, 3 summer."""
    academic_year: str | None
    """Such as `2024/25`."""


@dataclass(frozen=True, repr=False)
class Qualification(Model):
    """A qualification."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("title", "title"),
        Key("qan", "qan"),
        Key("award_date", "awardDate"),
        Key("provider_name", "providerName"),
        Key("awarding_body", "awardingBody"),
        Key("level", "level"),
        Key("grade", "grade"),
        Key("under_data_challenge", "underDataChallenge"),
        Key("display_sort", "displaySort"),
    )

    title: str | None
    """Title."""
    qan: str | None
    """Qualification accreditation number, with its punctuation."""
    award_date: str | None
    """Date of award."""
    provider_name: str | None
    """Where it was taken."""
    awarding_body: str | None
    """Who awarded it."""
    level: str | None
    """Level."""
    grade: str | None
    """Grade, a free text."""
    under_data_challenge: bool
    """Whether the learner disputes it; warn the user when `true`."""
    display_sort: int
    """VERA's order of display."""


@dataclass(frozen=True, repr=False)
class School(Model):
    """A school attended."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("name", "name"),
        Key("urn", "urn"),
        Key("academic_year_start", "academicYearStart"),
        Key("academic_year_end", "academicYearEnd"),
        Key("term_start", "termStart"),
        Key("term_end", "termEnd"),
        Key("display_sort", "displaySort"),
    )

    name: str | None
    """Name."""
    urn: int | None
    """Unique reference number."""
    academic_year_start: str | None
    """First academic year, such as `2019/20`."""
    academic_year_end: str | None
    """Last academic year; absent while attending."""
    term_start: int | None
    """First term, 1 to 3."""
    term_end: int | None
    """Last term, 1 to 3."""
    display_sort: int
    """VERA's order of display."""


@dataclass(frozen=True, repr=False)
class LearnerRecord(Model):
    """The record."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("uln", "uln"),
        Key("uln_valid", "ulnValid"),
        Key("first_name", "firstName"),
        Key("middle_names", "middleNames"),
        Key("last_name", "lastName"),
        Key("gender", "gender"),
        Key("date_of_birth", "dateOfBirth"),
        Key("postcode", "postcode"),
        Key("address_line1", "addressLine1"),
        Key("address_line2", "addressLine2"),
        Key("address_line3", "addressLine3"),
        Key("address_line4", "addressLine4"),
        Key("address_line5", "addressLine5"),
        Key("sen_provision", "senProvision"),
        Key("sen_provision_description", "senProvisionDescription"),
        Key("primary_sen_type", "primarySENType"),
        Key("primary_sen_type_description", "primarySENTypeDescription"),
        Key("secondary_sen_type", "secondarySENType"),
        Key("secondary_sen_type_description", "secondarySENTypeDescription"),
        Key("free_school_meal_eligible", "freeSchoolMealEligible"),
        Key("free_school_meal_eligible_latest", "freeSchoolMealEligibleLatest", model=FreeSchoolMealTerm),
        Key("qualifications", "qualifications", model=Qualification, many=True),
        Key("schools", "schools", model=School, many=True),
    )

    uln: str
    """Unique Learner Number."""
    uln_valid: bool
    """Whether the ULN's check digit is right; warn the user when it is not."""
    first_name: str | None
    """Given name."""
    middle_names: str | None
    """Further given names."""
    last_name: str | None
    """Family name."""
    gender: str | None
    """Gender, an open set of codes."""
    date_of_birth: str | None
    """`YYYY-MM-DD`, or as sent when it is not a date."""
    postcode: str | None
    """Postcode."""
    address_line1: str | None
    """Address."""
    address_line2: str | None
    """Address."""
    address_line3: str | None
    """Address."""
    address_line4: str | None
    """Address."""
    address_line5: str | None
    """Address."""
    sen_provision: str | None
    """Special educational needs provision, a code. Special category."""
    sen_provision_description: str | None
    """The code in words. Special category."""
    primary_sen_type: str | None
    """Primary type of need, a code. Special category."""
    primary_sen_type_description: str | None
    """The code in words. Special category."""
    secondary_sen_type: str | None
    """Secondary type of need, a code. Special category."""
    secondary_sen_type_description: str | None
    """The code in words. Special category."""
    free_school_meal_eligible: bool | None
    """Whether the learner is eligible for free school meals; absent when not known. Special category."""
    free_school_meal_eligible_latest: FreeSchoolMealTerm | None
    """When eligibility was last recorded. Special category."""
    qualifications: tuple[Qualification, ...]
    """Qualifications in the order of display."""
    schools: tuple[School, ...]
    """Schools in the order of display."""


@dataclass(frozen=True, repr=False)
class Share(Model):
    """A share in the store."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("correlation_id", "correlationId"),
        Key("code", "code"),
        Key("profile", "profile"),
        Key("pattern", "pattern", shown=True),
        Key("state", "state", shown=True),
        Key("issued_at", "issuedAt"),
        Key("deadline_at", "deadlineAt", shown=True),
    )

    correlation_id: str | None
    """The handle to poll with; absent when VERA gave none."""
    code: str | None
    """The code the learner types (pattern C)."""
    profile: str
    """The profile it was issued for."""
    pattern: str
    """`A` (QR code) or `C` (notification)."""
    state: str
    """Its state."""
    issued_at: str
    """When it was issued."""
    deadline_at: str
    """Until when the learner can act."""


@dataclass(frozen=True, repr=False)
class Learner(Model):
    """A learner as the Learning Records Service holds them."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("created_date", "createdDate"),
        Key("last_updated_date", "lastUpdatedDate"),
        Key("uln", "uln"),
        Key("master_substituted", "masterSubstituted"),
        Key("title", "title"),
        Key("given_name", "givenName"),
        Key("middle_other_name", "middleOtherName"),
        Key("family_name", "familyName"),
        Key("preferred_given_name", "preferredGivenName"),
        Key("previous_family_name", "previousFamilyName"),
        Key("family_name_at_age16", "familyNameAtAge16"),
        Key("school_at_age16", "schoolAtAge16"),
        Key("last_known_address_line1", "lastKnownAddressLine1"),
        Key("last_known_address_line2", "lastKnownAddressLine2"),
        Key("last_known_address_town", "lastKnownAddressTown"),
        Key("last_known_address_county_or_city", "lastKnownAddressCountyOrCity"),
        Key("last_known_post_code", "lastKnownPostCode"),
        Key("date_of_address_capture", "dateOfAddressCapture"),
        Key("date_of_birth", "dateOfBirth"),
        Key("place_of_birth", "placeOfBirth"),
        Key("gender", "gender"),
        Key("email_address", "emailAddress"),
        Key("nationality", "nationality"),
        Key("scottish_candidate_number", "scottishCandidateNumber"),
        Key("verification_type", "verificationType"),
        Key("other_verification_description", "otherVerificationDescription"),
        Key("tier_level", "tierLevel"),
        Key("ability_to_share", "abilityToShare"),
        Key("learner_status", "learnerStatus"),
        Key("linked_ulns", "linkedULNs", many=True),
        Key("notes", "notes"),
        Key("version_number", "versionNumber"),
    )

    created_date: str | None
    """When the record was made, `YYYY-MM-DD`."""
    last_updated_date: str | None
    """When it was last changed, `YYYY-MM-DD`."""
    uln: str | None
    """The Unique Learner Number."""
    master_substituted: str | None
    """`Y` when a merged record was replaced by its master."""
    title: str | None
    """Title."""
    given_name: str | None
    """Given name."""
    middle_other_name: str | None
    """Middle or other names."""
    family_name: str | None
    """Family name."""
    preferred_given_name: str | None
    """The given name the learner prefers."""
    previous_family_name: str | None
    """Previous family name."""
    family_name_at_age16: str | None
    """Family name at age 16."""
    school_at_age16: str | None
    """School at age 16."""
    last_known_address_line1: str | None
    """First line of the last known address."""
    last_known_address_line2: str | None
    """Second line of the last known address."""
    last_known_address_town: str | None
    """Town of the last known address."""
    last_known_address_county_or_city: str | None
    """County or city of the last known address."""
    last_known_post_code: str | None
    """Last known postcode."""
    date_of_address_capture: str | None
    """When the address was noted, `YYYY-MM-DD`."""
    date_of_birth: str | None
    """Date of birth, `YYYY-MM-DD`."""
    place_of_birth: str | None
    """Place of birth."""
    gender: str | None
    """Gender: `male`, `female`, `notKnown`, `notSpecified`, or `unknown` for anything else."""
    email_address: str | None
    """E-mail address."""
    nationality: str | None
    """Nationality."""
    scottish_candidate_number: str | None
    """Scottish candidate number."""
    verification_type: str | None
    """How the identity was verified: a code of the service."""
    other_verification_description: str | None
    """How the identity was verified, in words."""
    tier_level: str | None
    """Tier level: a code of the service."""
    ability_to_share: str | None
    """Whether the learner shares: `-1` not provided, `0` privacy notice not seen, `1` seen and shares."""
    learner_status: str | None
    """Status of the record: a code of the service."""
    linked_ulns: tuple[str, ...] | None
    """ULNs of records merged with this one."""
    notes: str | None
    """Notes."""
    version_number: str | None
    """Version of the record."""


@dataclass(frozen=True, repr=False)
class MismatchedFields(Model):
    """For a possible match by name: the values that differ from what was searched for, by field; one for each
    learner that differs there.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("given_name", "givenName", many=True),
        Key("family_name", "familyName", many=True),
        Key("date_of_birth", "dateOfBirth", many=True),
        Key("gender", "gender", many=True),
        Key("last_known_post_code", "lastKnownPostCode", many=True),
        Key("previous_family_name", "previousFamilyName", many=True),
        Key("school_at_age16", "schoolAtAge16", many=True),
        Key("place_of_birth", "placeOfBirth", many=True),
        Key("email_address", "emailAddress", many=True),
    )

    given_name: tuple[str, ...]
    """Values of `givenName` that differ, one for each learner with another one."""
    family_name: tuple[str, ...]
    """Values of `familyName` that differ, one for each learner with another one."""
    date_of_birth: tuple[str, ...]
    """Values of `dateOfBirth` that differ, one for each learner with another one."""
    gender: tuple[str, ...]
    """Values of `gender` that differ, one for each learner with another one."""
    last_known_post_code: tuple[str, ...]
    """Values of `lastKnownPostCode` that differ, one for each learner with another one."""
    previous_family_name: tuple[str, ...]
    """Values of `previousFamilyName` that differ, one for each learner with another one."""
    school_at_age16: tuple[str, ...]
    """Values of `schoolAtAge16` that differ, one for each learner with another one."""
    place_of_birth: tuple[str, ...]
    """Values of `placeOfBirth` that differ, one for each learner with another one."""
    email_address: tuple[str, ...]
    """Values of `emailAddress` that differ, one for each learner with another one."""


@dataclass(frozen=True, repr=False)
class LearningEvent(Model):
    """A learning event: one achievement or enrolment in a learner's record."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("achievement_award_date", "achievementAwardDate"),
        Key("achievement_provider_name", "achievementProviderName"),
        Key("achievement_provider_ukprn", "achievementProviderUkprn"),
        Key("awarding_organisation_name", "awardingOrganisationName"),
        Key("awarding_organisation_ukprn", "awardingOrganisationUkprn"),
        Key("collection_type", "collectionType"),
        Key("credits", "credits"),
        Key("date_loaded", "dateLoaded"),
        Key("grade", "grade"),
        Key("id", "id"),
        Key("language_for_assessment", "languageForAssessment"),
        Key("level", "level"),
        Key("participation_end_date", "participationEndDate"),
        Key("participation_start_date", "participationStartDate"),
        Key("qualification_type", "qualificationType"),
        Key("restriction", "restriction"),
        Key("return_number", "returnNumber"),
        Key("source", "source"),
        Key("status", "status", shown=True),
        Key("subject", "subject"),
        Key("subject_code", "subjectCode"),
        Key("under_data_challenge", "underDataChallenge"),
    )

    achievement_award_date: str | None
    """When it was awarded, `YYYY-MM-DD`."""
    achievement_provider_name: str | None
    """Name of the provider."""
    achievement_provider_ukprn: str | None
    """UKPRN of the provider."""
    awarding_organisation_name: str | None
    """Name of the awarding organisation."""
    awarding_organisation_ukprn: str | None
    """UKPRN of the awarding organisation; may be six letters."""
    collection_type: str | None
    """The collection it came from: a code of the service."""
    credits: str | None
    """Credits, a whole number."""
    date_loaded: str | None
    """When it was loaded, `YYYY-MM-DD HH:MM:SS` without a time zone."""
    grade: str | None
    """Grade; ten nines mean that it is not known."""
    id: str | None
    """Number of the event."""
    language_for_assessment: str | None
    """Language of the assessment."""
    level: str | None
    """Level of the qualification."""
    participation_end_date: str | None
    """When taking part ended, `YYYY-MM-DD`."""
    participation_start_date: str | None
    """When taking part began, `YYYY-MM-DD`."""
    qualification_type: str | None
    """Type of the qualification."""
    restriction: str | None
    """Whether the event is restricted: a code of the service."""
    return_number: str | None
    """Number of the return, with its leading zero."""
    source: str | None
    """Where the event comes from, such as `ILR`, `NPD` or `AO`."""
    status: str | None
    """Status of the event: a code of the service."""
    subject: str | None
    """Subject."""
    subject_code: str | None
    """Code of the subject; text."""
    under_data_challenge: str | None
    """`Y` while the learner challenges the event, otherwise `N`."""


@dataclass(frozen=True, repr=False)
class MatchRow(Model):
    """A row of the register."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("id", "id"),
        Key("person_id", "personId"),
        Key("matched_uln", "matchedUln"),
        Key("given_name", "givenName"),
        Key("family_name", "familyName"),
        Key("match_type", "matchType"),
        Key("count_of_returned_ulns", "countOfReturnedUlns"),
        Key("match_status", "matchStatus"),
        Key("created_at", "createdAt"),
        Key("confirmed_by", "confirmedBy"),
    )

    id: int
    """Its number."""
    person_id: str
    """The person."""
    matched_uln: str
    """The ULN; empty when the row holds none."""
    given_name: str
    """Given name; may be empty."""
    family_name: str
    """Family name; may be empty."""
    match_type: str
    """How it was found, such as `Exact Match`; may be empty."""
    count_of_returned_ulns: str
    """How many ULNs the search gave; may be empty."""
    match_status: str
    """`Matched`, `Cannot be matched`, `Unmatched`, or what an old row says."""
    created_at: str
    """When it was written."""
    confirmed_by: str | None
    """Who wrote it, where the register kept it."""


@dataclass(frozen=True, repr=False)
class RefusedRow(Model):
    """A row that was not imported."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("line", "line"),
        Key("reason", "reason"),
    )

    line: int
    """The line of the file on which the row begins."""
    reason: str
    """Why it was refused."""


@dataclass(frozen=True, repr=False)
class StudentCourse(Model):
    """A course of a term."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("course_title", "courseTitle"),
        Key("final_mark_value", "finalMarkValue"),
        Key("credits_earned", "creditsEarned"),
    )

    course_title: str | None
    """The title."""
    final_mark_value: str | None
    """The mark at the end."""
    credits_earned: str | None
    """Credits earned."""


@dataclass(frozen=True, repr=False)
class StudentTerm(Model):
    """A term of a transcript."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("school_year", "schoolYear"),
        Key("session", "session"),
        Key("cumulative_gpa", "cumulativeGpa"),
        Key("total_credits_earned", "totalCreditsEarned"),
        Key("courses", "courses", model=StudentCourse, many=True),
    )

    school_year: str | None
    """The year."""
    session: str | None
    """The session, such as `Semester 1`."""
    cumulative_gpa: str | None
    """Cumulative grade point average."""
    total_credits_earned: str | None
    """Credits earned."""
    courses: tuple[StudentCourse, ...]
    """Courses with their marks."""


@dataclass(frozen=True, repr=False)
class StudentSummary(Model):
    """Its main groups."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("local_id", "localId"),
        Key("family_name", "familyName"),
        Key("given_name", "givenName"),
        Key("middle_name", "middleName"),
        Key("birth_date", "birthDate"),
        Key("sex", "sex"),
        Key("school_name", "schoolName"),
        Key("school_year", "schoolYear"),
        Key("grade_level", "gradeLevel"),
        Key("entry_date", "entryDate"),
        Key("exit_date", "exitDate"),
        Key("days_absent", "daysAbsent"),
        Key("days_in_attendance", "daysInAttendance"),
        Key("terms", "terms", model=StudentTerm, many=True),
    )

    local_id: str | None
    """The record's own id of the student."""
    family_name: str | None
    """Family name."""
    given_name: str | None
    """Given name."""
    middle_name: str | None
    """Middle name."""
    birth_date: str | None
    """Date of birth."""
    sex: str | None
    """Sex."""
    school_name: str | None
    """The school of the enrolment."""
    school_year: str | None
    """The year of the enrolment."""
    grade_level: str | None
    """The grade of the enrolment."""
    entry_date: str | None
    """When the enrolment began."""
    exit_date: str | None
    """When the enrolment ended."""
    days_absent: str | None
    """Days absent, of the first summary."""
    days_in_attendance: str | None
    """Days in attendance, of the first summary."""
    terms: tuple[StudentTerm, ...]
    """Terms of the transcript, newest as the record has it."""


@dataclass(frozen=True, repr=False)
class LocalizedText(Model):
    """What it is called."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("en", "en"),
        Key("nl", "nl"),
    )

    en: str
    """In English."""
    nl: str
    """In Dutch."""


@dataclass(frozen=True, repr=False)
class EnrollmentEvent(Model):
    """Something that has happened to an enrolment."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("at", "at"),
        Key("kind", "kind", shown=True),
        Key("detail", "detail"),
    )

    at: str
    """When."""
    kind: str
    """What: `accepted`, `refused`, `decided`, `hostStateChanged`, `homeStateChanged`, `endedByHome`,
    `homeReopened`, `delivered`, `parked`, `resolved` or `warning`.
    """
    detail: str | None
    """More of it, such as the new state."""


@dataclass(frozen=True, repr=False)
class OutboxEntry(Model):
    """An entry of the outbox."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("entry_id", "entryId"),
        Key("kind", "kind", shown=True),
        Key("state", "state", shown=True),
        Key("reason", "reason"),
        Key("attempts", "attempts", shown=True),
        Key("next_at", "nextAt"),
    )

    entry_id: str
    """Its id."""
    kind: str
    """What it is: `create`, `state` or `result`."""
    state: str
    """`waiting`, `needsLogin` or `parked`."""
    reason: str | None
    """Why it is parked: `credentials`, `rejected`, `ambiguous`, `untracked` or `expired`."""
    attempts: int
    """How often it was tried."""
    next_at: str
    """When it is tried next, with `waiting`."""


@dataclass(frozen=True, repr=False)
class Enrollment(Model):
    """An enrolment."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("enrollment_id", "enrollmentId"),
        Key("version", "version", shown=True),
        Key("person_id", "personId"),
        Key("offering_id", "offeringId"),
        Key("offering_type", "offeringType"),
        Key("offering_name", "offeringName", model=LocalizedText),
        Key("state", "state", shown=True),
        Key("host", "host"),
        Key("home", "home"),
        Key("decision", "decision"),
        Key("delivery", "delivery", shown=True),
        Key("association_id", "associationId"),
        Key("request_id", "requestId"),
        Key("home_institution", "homeInstitution"),
        Key("warnings", "warnings", many=True),
        Key("flags", "flags", many=True),
        Key("events", "events", model=EnrollmentEvent, many=True),
        Key("outbox", "outbox", model=OutboxEntry, many=True),
        Key("created_at", "createdAt"),
        Key("updated_at", "updatedAt"),
        Key("final_at", "finalAt"),
        Key("offering", "offering"),
        Key("person", "person"),
    )

    enrollment_id: str
    """Our own id for it."""
    version: int
    """The number of its last change."""
    person_id: str
    """The person's id at the receiver."""
    offering_id: str
    """The offering's id."""
    offering_type: str
    """What is offered: `program`, `course` or `component`."""
    offering_name: LocalizedText
    """What it is called."""
    state: str
    """What both institutions' states come to."""
    host: str
    """The host's state."""
    home: str | None
    """The home institution's state as it was last told."""
    decision: str | None
    """What the host program has decided."""
    delivery: str
    """How far the association has come: `waiting`, `delivered`, `untracked` (the receiver does not know it
    any more) or `none`.
    """
    association_id: str | None
    """The association's id at the home institution."""
    request_id: str
    """Our id for this attempt at the home institution."""
    home_institution: str | None
    """The home institution's domain."""
    warnings: tuple[str, ...]
    """What was odd about the start, such as `person-missing:mail`."""
    flags: tuple[str, ...]
    """What staff should look at: `possible-duplicate`, `home-reopened`, `untracked`."""
    events: tuple[EnrollmentEvent, ...]
    """What has happened."""
    outbox: tuple[OutboxEntry, ...]
    """What is still to be sent."""
    created_at: str
    """When it was begun."""
    updated_at: str
    """When it was last changed."""
    final_at: str | None
    """When it came to its end."""
    offering: Any
    """The offering as it came."""
    person: Any
    """The person as they came."""


@dataclass(frozen=True, repr=False)
class BlockDetail(Model):
    """Why access is blocked, with `patientBlocked`."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("reason", "reason"),
        Key("text", "text"),
    )

    reason: str
    """Why access is blocked."""
    text: str
    """What the caller may be told, at most 256 characters and nothing clinical; may be empty."""


@dataclass(frozen=True, repr=False)
class Profile(Model):
    """A profile without its secrets."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("profile", "profile"),
        Key("ukprn", "ukprn"),
        Key("display_name", "displayName"),
        Key("systems", "systems", many=True, shown=True),
        Key("updated_at", "updatedAt"),
    )

    profile: str
    """The name requests use."""
    ukprn: str | None
    """The UKPRN, where it has one."""
    display_name: str
    """What people call it."""
    systems: tuple[str, ...]
    """The systems it has credentials for."""
    updated_at: str
    """When it was last changed."""


@dataclass(frozen=True, repr=False)
class AuditEntry(Model):
    """One entry of the audit trail."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("seq", "seq"),
        Key("at", "at"),
        Key("operation", "operation", shown=True),
        Key("system", "system", shown=True),
        Key("user", "user"),
        Key("profile", "profile"),
        Key("subject", "subject"),
        Key("outcome", "outcome", shown=True),
        Key("status", "status", shown=True),
        Key("trace_id", "traceId"),
        Key("duration_ms", "durationMs", shown=True),
        Key("details", "details"),
        Key("hash", "hash"),
    )

    seq: int
    """Its number."""
    at: str
    """When the operation ended."""
    operation: str
    """The operation."""
    system: str
    """Its system."""
    user: str | None
    """Who asked."""
    profile: str | None
    """On whose behalf."""
    subject: str | None
    """Pseudonym of the learner."""
    outcome: str
    """The outcome or the error's code."""
    status: int
    """The status number."""
    trace_id: str | None
    """The host's trace id."""
    duration_ms: int
    """How long it took, in milliseconds."""
    details: dict[str, Any] | None
    """What else the operation says, such as `odsCode` and `reason`."""
    hash: str
    """The entry's hash in the chain, in hexadecimal."""


@dataclass(frozen=True, repr=False)
class BatchEntry(Model):
    """A batch of a list."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("batch_id", "batchId", shown=True),
        Key("operation", "operation", shown=True),
        Key("state", "state", shown=True),
        Key("input", "input"),
        Key("output", "output"),
        Key("done", "done", shown=True),
        Key("failed", "failed", shown=True),
        Key("refused", "refused", shown=True),
        Key("started_at", "startedAt", shown=True),
        Key("ended_at", "endedAt", shown=True),
    )

    batch_id: str
    """The batch."""
    operation: str
    """The operation run for each row."""
    state: str
    """Its state; see the outcomes of `batch_status`."""
    input: str
    """The file that is read."""
    output: str
    """The file that has the results once it is done."""
    done: int
    """How many rows have an answer."""
    failed: int
    """How many rows have none because of an error."""
    refused: int
    """How many rows were refused before anything was called."""
    started_at: str
    """When it was started."""
    ended_at: str | None
    """When it ended, if it has."""


@dataclass(frozen=True, repr=False)
class GenerateQrResponse(Response):
    """The answer of `generate_qr`: issues a request to share a record and returns its QR code (pattern A)."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("correlation_id", "correlationId"),
        Key("profile", "profile"),
        Key("url", "url"),
        Key("deadline_at", "deadlineAt", shown=True),
        Key("next_poll_ms", "nextPollMs", shown=True),
        Key("image", "image", model=QrImage),
        Key("svg", "svg"),
        Key("text", "text"),
        Key("matrix", "matrix", many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    correlation_id: str
    """The handle to poll with. A secret: with the provider's credential it fetches the record."""
    profile: str
    """The profile it was issued for."""
    url: str
    """The address in the code. A secret, never to be opened automatically."""
    deadline_at: str
    """Until when the learner can act; remove the code from display then."""
    next_poll_ms: int
    """How soon the first poll is worth while, in milliseconds."""
    image: QrImage | None
    """The raster image."""
    svg: str | None
    """An SVG document."""
    text: str | None
    """Lines of block characters, two modules to a character."""
    matrix: tuple[str, ...] | None
    """Rows of `1` (dark) and `0` (light), without the quiet zone."""


@dataclass(frozen=True, repr=False)
class PollLearnerDataResponse(Response):
    """The answer of `poll_learner_data`: asks whether a learner has shared their record, at once or for up to
    `waitMs` (patterns A and C).
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("message", "message"),
        Key("profile", "profile"),
        Key("deadline_at", "deadlineAt", shown=True),
        Key("polls", "polls", shown=True),
        Key("next_poll_ms", "nextPollMs", shown=True),
        Key("record", "record", model=LearnerRecord),
        Key("raw", "raw"),
    )

    outcome: str
    """One of the operation's outcomes."""
    message: str
    """A sentence for the user, in English."""
    profile: str
    """The profile it was issued for."""
    deadline_at: str
    """Until when the learner can act."""
    polls: int
    """How often VERA was asked since this process began to wait."""
    next_poll_ms: int | None
    """How soon the next poll is worth while, in milliseconds; only when pending."""
    record: LearnerRecord | None
    """The record."""
    raw: dict[str, Any] | None
    """The record exactly as VERA sent it."""


@dataclass(frozen=True, repr=False)
class FetchLearnerDataResponse(Response):
    """The answer of `fetch_learner_data`: fetches the record of a learner who has already agreed to share it
    (pattern B).
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("message", "message"),
        Key("record", "record", model=LearnerRecord),
        Key("raw", "raw"),
    )

    outcome: str
    """One of the operation's outcomes."""
    message: str
    """A sentence for the user, in English."""
    record: LearnerRecord | None
    """The record."""
    raw: dict[str, Any] | None
    """The record exactly as VERA sent it."""


@dataclass(frozen=True, repr=False)
class CheckLearnerResponse(Response):
    """The answer of `check_learner`: asks whether a learner with this mobile number and date of birth can be
    asked to share (pattern C).
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("message", "message"),
    )

    outcome: str
    """One of the operation's outcomes."""
    message: str
    """A sentence for the user, in English."""


@dataclass(frozen=True, repr=False)
class RequestShareResponse(Response):
    """The answer of `request_share`: sends a learner's phone a request to share and returns the code they
    must type (pattern C).
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("message", "message"),
        Key("provider", "provider"),
        Key("correlation_id", "correlationId"),
        Key("code", "code"),
        Key("deadline_at", "deadlineAt", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    message: str
    """A sentence for the user, in English."""
    provider: str
    """The provider's name, which the learner is to be told."""
    correlation_id: str | None
    """The handle to poll with. A secret: with the provider's credential it fetches the record."""
    code: str | None
    """The code the learner types into the app, to be shown as it is."""
    deadline_at: str | None
    """Until when the learner can act."""


@dataclass(frozen=True, repr=False)
class ListSharesResponse(Response):
    """The answer of `list_shares`: lists the shares in the store, newest first."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("shares", "shares", model=Share, many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    shares: tuple[Share, ...]
    """The shares, newest first."""


@dataclass(frozen=True, repr=False)
class CancelShareResponse(Response):
    """The answer of `cancel_share`: stops waiting for a learner."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("message", "message"),
        Key("state", "state", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    message: str
    """A sentence for the user, in English."""
    state: str
    """The share's state now."""


@dataclass(frozen=True, repr=False)
class MatchLearnerResponse(Response):
    """The answer of `match_learner`: searches the Learning Records Service for a learner by name, date of
    birth, gender and postcode, or by ULN.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("learners", "learners", model=Learner, many=True),
        Key("mismatched_fields", "mismatchedFields", model=MismatchedFields),
        Key("mismatches_by_learner", "mismatchesByLearner", many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    learners: tuple[Learner, ...]
    """The learners, in the service's order."""
    mismatched_fields: MismatchedFields
    """For a possible match by name: the values that differ from what was searched for, by field; one for each
    learner that differs there.
    """
    mismatches_by_learner: tuple[tuple[str, ...], ...] | None
    """For a possible match by name: the fields that differ, for each of `learners` in turn."""


@dataclass(frozen=True, repr=False)
class FetchPlrResponse(Response):
    """The answer of `fetch_plr`: fetches a personal learning record, by ULN and names or for a person in the
    match register.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("found_uln", "foundUln"),
        Key("incoming_uln", "incomingUln"),
        Key("learning_events", "learningEvents", model=LearningEvent, many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    found_uln: str | None
    """The ULN whose events these are."""
    incoming_uln: str | None
    """The ULN that was asked for."""
    learning_events: tuple[LearningEvent, ...]
    """The learning events, in the service's order."""


@dataclass(frozen=True, repr=False)
class GetMatchResponse(Response):
    """The answer of `get_match`: says which ULN is confirmed for a person."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("uln", "uln"),
        Key("given_name", "givenName"),
        Key("family_name", "familyName"),
        Key("confirmed_by", "confirmedBy"),
        Key("confirmed_at", "confirmedAt"),
    )

    outcome: str
    """One of the operation's outcomes."""
    uln: str | None
    """The ULN."""
    given_name: str | None
    """Given name."""
    family_name: str | None
    """Family name."""
    confirmed_by: str | None
    """Who confirmed it; not through a gateway."""
    confirmed_at: str | None
    """When it was confirmed; not through a gateway."""


@dataclass(frozen=True, repr=False)
class ConfirmMatchResponse(Response):
    """The answer of `confirm_match`: confirms which ULN a person has; no two people hold one ULN."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""


@dataclass(frozen=True, repr=False)
class ConfirmNoMatchResponse(Response):
    """The answer of `confirm_no_match`: confirms that a person has no ULN."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""


@dataclass(frozen=True, repr=False)
class RemoveMatchResponse(Response):
    """The answer of `remove_match`: takes back what was confirmed of a person; the history stays."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""


@dataclass(frozen=True, repr=False)
class SubjectAccessReportResponse(Response):
    """The answer of `subject_access_report`: gives all that the match register holds of a person."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("rows", "rows", model=MatchRow, many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    rows: tuple[MatchRow, ...]
    """The rows, oldest first."""


@dataclass(frozen=True, repr=False)
class ImportMatchesResponse(Response):
    """The answer of `import_matches`: imports the match register of another installation from a CSV file."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("imported", "imported", shown=True),
        Key("unchanged", "unchanged", shown=True),
        Key("refused_rows", "refusedRows", shown=True),
        Key("refused", "refused", model=RefusedRow, many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    imported: int
    """How many rows were appended."""
    unchanged: int
    """How many rows were there already."""
    refused_rows: int
    """How many rows were refused."""
    refused: tuple[RefusedRow, ...]
    """The first thousand that were, and why."""


@dataclass(frozen=True, repr=False)
class ExportMatchesResponse(Response):
    """The answer of `export_matches`: writes the match register to a CSV file that only its owner may read."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("rows", "rows", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    rows: int
    """How many rows the file has."""


@dataclass(frozen=True, repr=False)
class GetXsreResponse(Response):
    """The answer of `get_xsre`: asks for a student's record, as far as the asking service may see it."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("xml", "xml"),
        Key("json", "json"),
        Key("summary", "summary", model=StudentSummary),
        Key("other_local_id", "otherLocalId"),
    )

    outcome: str
    """One of the operation's outcomes."""
    xml: str | None
    """The record as XML."""
    json: Any
    """The record as JSON."""
    summary: StudentSummary | None
    """Its main groups."""
    other_local_id: bool
    """Whether the record has another id of the student than was asked for."""


@dataclass(frozen=True, repr=False)
class AuthorizeSifRequestResponse(Response):
    """The answer of `authorize_sif_request`: checks the headers with which a SIF request came, once for each
    request.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("caller", "caller"),
        Key("http_status", "httpStatus", shown=True),
        Key("description", "description"),
    )

    outcome: str
    """One of the operation's outcomes."""
    caller: str | None
    """The profile whose session token and secret were used, with `authorized`."""
    http_status: int | None
    """The HTTP status to answer with, with `refused`."""
    description: str | None
    """The description to answer with, with `refused`."""


@dataclass(frozen=True, repr=False)
class FilterXsreResponse(Response):
    """The answer of `filter_xsre`: filters a student's record by data objects or the stylesheet of the
    Privacy Rules Service.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("xml", "xml"),
        Key("json", "json"),
        Key("summary", "summary", model=StudentSummary),
        Key("read_differently", "readDifferently", many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    xml: str | None
    """The record as XML."""
    json: Any
    """The record as JSON."""
    summary: StudentSummary | None
    """Its main groups."""
    read_differently: tuple[str, ...]
    """Statements that the two readings take differently."""


@dataclass(frozen=True, repr=False)
class ImportSifRulesResponse(Response):
    """The answer of `import_sif_rules`: takes rules of the Privacy Rules Service into the store, instead of
    those that are there.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("authorized_entities", "authorizedEntities"),
        Key("district_services", "districtServices"),
        Key("students", "students"),
        Key("read_differently", "readDifferently", many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    authorized_entities: int
    """Organisations that may ask."""
    district_services: int
    """Agreements of districts with services."""
    students: int
    """Rows of students."""
    read_differently: tuple[str, ...]
    """Statements that the two readings take differently."""


@dataclass(frozen=True, repr=False)
class StartEnrollmentResponse(Response):
    """The answer of `start_enrollment`: handles a start that the host's own web server received, and says
    what to answer the receiver.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("http_status", "httpStatus", shown=True),
        Key("content_type", "contentType"),
        Key("body", "body"),
        Key("code", "code"),
        Key("enrollment_id", "enrollmentId"),
    )

    outcome: str
    """One of the operation's outcomes."""
    http_status: int
    """The HTTP status to answer with, always 200."""
    content_type: str
    """The content type to answer with."""
    body: str
    """The body to answer with, exactly as it is."""
    code: int
    """The code in that body."""
    enrollment_id: str | None
    """Our own id of the enrolment, when there is one."""


@dataclass(frozen=True, repr=False)
class ListEnrollmentsResponse(Response):
    """The answer of `list_enrollments`: lists enrolments, hands out those to be decided, and waits for new
    ones.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("enrollments", "enrollments", model=Enrollment, many=True),
        Key("more", "more", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    enrollments: tuple[Enrollment, ...]
    """The enrolments."""
    more: bool
    """Whether there are more."""


@dataclass(frozen=True, repr=False)
class DecideEnrollmentResponse(Response):
    """The answer of `decide_enrollment`: decides about an application."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("enrollment", "enrollment", model=Enrollment),
    )

    outcome: str
    """One of the operation's outcomes."""
    enrollment: Enrollment | None
    """The enrolment as it is now; absent when there is none."""


@dataclass(frozen=True, repr=False)
class CreateAssociationResponse(Response):
    """The answer of `create_association`: tries to create the association of an enrolment at the home
    institution now.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("enrollment", "enrollment", model=Enrollment),
    )

    outcome: str
    """One of the operation's outcomes."""
    enrollment: Enrollment | None
    """The enrolment as it is now; absent when there is none."""


@dataclass(frozen=True, repr=False)
class UpdateAssociationResponse(Response):
    """The answer of `update_association`: changes the host's state of an enrolment and tells the home
    institution.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("enrollment", "enrollment", model=Enrollment),
    )

    outcome: str
    """One of the operation's outcomes."""
    enrollment: Enrollment | None
    """The enrolment as it is now; absent when there is none."""


@dataclass(frozen=True, repr=False)
class GetAssociationResponse(Response):
    """The answer of `get_association`: asks the home institution how it stands with an association."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("enrollment", "enrollment", model=Enrollment),
    )

    outcome: str
    """One of the operation's outcomes."""
    enrollment: Enrollment | None
    """The enrolment as it is now; absent when there is none."""


@dataclass(frozen=True, repr=False)
class GetPersonResponse(Response):
    """The answer of `get_person`: asks the home institution whether a student is still actively enrolled
    there.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("person", "person"),
    )

    outcome: str
    """One of the operation's outcomes."""
    person: Any
    """The person as the home institution gave them, but for national numbers."""


@dataclass(frozen=True, repr=False)
class SendResultsResponse(Response):
    """The answer of `send_results`: sends a student's result to the home institution."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("enrollment", "enrollment", model=Enrollment),
    )

    outcome: str
    """One of the operation's outcomes."""
    enrollment: Enrollment | None
    """The enrolment as it is now; absent when there is none."""


@dataclass(frozen=True, repr=False)
class FlushOutboxResponse(Response):
    """The answer of `flush_outbox`: sends to home institutions what is due, or everything."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("delivered", "delivered", shown=True),
        Key("kept", "kept", shown=True),
        Key("failed", "failed", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    delivered: int
    """How many entries arrived, and home institutions were asked."""
    kept: int
    """How many could not be delivered and are kept."""
    failed: int
    """For how many enrolments nothing could be sent because of a failure here, such as a damaged row; the log
    says which.
    """


@dataclass(frozen=True, repr=False)
class ResolveDeliveryResponse(Response):
    """The answer of `resolve_delivery`: says what to do with something that could not be delivered and needs
    somebody to look at it.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("enrollment", "enrollment", model=Enrollment),
    )

    outcome: str
    """One of the operation's outcomes."""
    enrollment: Enrollment | None
    """The enrolment as it is now; absent when there is none."""


@dataclass(frozen=True, repr=False)
class RetrieveLinkageKeyResponse(Response):
    """The answer of `retrieve_linkage_key`: asks for the linkage key of a patient, from our own register or a
    supplier's system.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("number", "number"),
        Key("category", "category", shown=True),
        Key("message", "message"),
        Key("trace_id", "traceId"),
        Key("account_id", "accountId"),
        Key("linkage_key", "linkageKey"),
        Key("ods_code", "odsCode"),
        Key("surname", "surname"),
        Key("date_of_birth", "dateOfBirth"),
        Key("detail", "detail", model=BlockDetail),
        Key("reason", "reason"),
        Key("created", "created", shown=True),
        Key("replayed", "replayed", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    number: int
    """The permanent number of the outcome."""
    category: str
    """The row of NHS Digital's list of responses that the outcome belongs to."""
    message: str
    """What the outcome means, for the caller."""
    trace_id: str
    """The caller's reference, or the one that was made for it."""
    account_id: str | None
    """The account ID."""
    linkage_key: str | None
    """The linkage key."""
    ods_code: str | None
    """The organisation's code."""
    surname: str | None
    """The surname as it is registered."""
    date_of_birth: str | None
    """The date of birth as it is registered, `YYYY-MM-DD`."""
    detail: BlockDetail | None
    """Why access is blocked, with `patientBlocked`."""
    reason: str | None
    """A reason beside the outcome: `demographics-mismatch`, `demographics-from-request`,
    `inconsistent-supplier`.
    """
    created: bool
    """Whether the key was made by this request."""
    replayed: bool
    """Whether a Create was answered as before, because its reference had been used for it."""


@dataclass(frozen=True, repr=False)
class CreateLinkageKeyResponse(Response):
    """The answer of `create_linkage_key`: makes a linkage key for a patient who has none in force."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("number", "number"),
        Key("category", "category", shown=True),
        Key("message", "message"),
        Key("trace_id", "traceId"),
        Key("account_id", "accountId"),
        Key("linkage_key", "linkageKey"),
        Key("ods_code", "odsCode"),
        Key("surname", "surname"),
        Key("date_of_birth", "dateOfBirth"),
        Key("detail", "detail", model=BlockDetail),
        Key("reason", "reason"),
        Key("created", "created", shown=True),
        Key("replayed", "replayed", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    number: int
    """The permanent number of the outcome."""
    category: str
    """The row of NHS Digital's list of responses that the outcome belongs to."""
    message: str
    """What the outcome means, for the caller."""
    trace_id: str
    """The caller's reference, or the one that was made for it."""
    account_id: str | None
    """The account ID."""
    linkage_key: str | None
    """The linkage key."""
    ods_code: str | None
    """The organisation's code."""
    surname: str | None
    """The surname as it is registered."""
    date_of_birth: str | None
    """The date of birth as it is registered, `YYYY-MM-DD`."""
    detail: BlockDetail | None
    """Why access is blocked, with `patientBlocked`."""
    reason: str | None
    """A reason beside the outcome: `demographics-mismatch`, `demographics-from-request`,
    `inconsistent-supplier`.
    """
    created: bool
    """Whether the key was made by this request."""
    replayed: bool
    """Whether a Create was answered as before, because its reference had been used for it."""


@dataclass(frozen=True, repr=False)
class RetrieveOrCreateLinkageKeyResponse(Response):
    """The answer of `retrieve_or_create_linkage_key`: asks for the linkage key of a patient, and has one made
    when there is none.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("number", "number"),
        Key("category", "category", shown=True),
        Key("message", "message"),
        Key("trace_id", "traceId"),
        Key("account_id", "accountId"),
        Key("linkage_key", "linkageKey"),
        Key("ods_code", "odsCode"),
        Key("surname", "surname"),
        Key("date_of_birth", "dateOfBirth"),
        Key("detail", "detail", model=BlockDetail),
        Key("reason", "reason"),
        Key("created", "created", shown=True),
        Key("replayed", "replayed", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    number: int
    """The permanent number of the outcome."""
    category: str
    """The row of NHS Digital's list of responses that the outcome belongs to."""
    message: str
    """What the outcome means, for the caller."""
    trace_id: str
    """The caller's reference, or the one that was made for it."""
    account_id: str | None
    """The account ID."""
    linkage_key: str | None
    """The linkage key."""
    ods_code: str | None
    """The organisation's code."""
    surname: str | None
    """The surname as it is registered."""
    date_of_birth: str | None
    """The date of birth as it is registered, `YYYY-MM-DD`."""
    detail: BlockDetail | None
    """Why access is blocked, with `patientBlocked`."""
    reason: str | None
    """A reason beside the outcome: `demographics-mismatch`, `demographics-from-request`,
    `inconsistent-supplier`.
    """
    created: bool
    """Whether the key was made by this request."""
    replayed: bool
    """Whether a Create was answered as before, because its reference had been used for it."""


@dataclass(frozen=True, repr=False)
class RevokeLinkageKeyResponse(Response):
    """The answer of `revoke_linkage_key`: revokes a patient's linkage key in our own register; it never
    becomes valid again.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""


@dataclass(frozen=True, repr=False)
class SetLinkageAccessResponse(Response):
    """The answer of `set_linkage_access`: blocks or unblocks a patient or an organisation in our own
    register.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""


@dataclass(frozen=True, repr=False)
class CheckLinkageKeyResponse(Response):
    """The answer of `check_linkage_key`: checks an account id and linkage key that somebody presents against
    our own register.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("nhs_number", "nhsNumber"),
    )

    outcome: str
    """One of the operation's outcomes."""
    nhs_number: str | None
    """The patient's NHS number, with `valid`."""


@dataclass(frozen=True, repr=False)
class ImportRegisterResponse(Response):
    """The answer of `import_register`: imports organisations, patients, accounts and linkage keys from a file
    into our own register.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("imported", "imported", shown=True),
        Key("unchanged", "unchanged", shown=True),
        Key("refused_rows", "refusedRows", shown=True),
        Key("refused", "refused", model=RefusedRow, many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    imported: int
    """Organisations and patients that were added or changed."""
    unchanged: int
    """Those that were left as they are."""
    refused_rows: int
    """Rows that were refused."""
    refused: tuple[RefusedRow, ...]
    """The first thousand of them."""


@dataclass(frozen=True, repr=False)
class ExportRegisterResponse(Response):
    """The answer of `export_register`: writes our own register to a file, sealed under a passphrase or
    without its linkage keys.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("organisations", "organisations", shown=True),
        Key("patients", "patients", shown=True),
        Key("keys", "keys", shown=True),
        Key("unreadable", "unreadable", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    organisations: int
    """Organisations in the file."""
    patients: int
    """Patients in the file."""
    keys: int
    """Linkage keys in the file."""
    unreadable: int
    """Patients left out because what is sealed of them is damaged."""


@dataclass(frozen=True, repr=False)
class PutProfileResponse(Response):
    """The answer of `put_profile`: adds or changes a provider and its credentials, which are sealed."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("profile", "profile"),
    )

    outcome: str
    """One of the operation's outcomes."""
    profile: str
    """The name requests use."""


@dataclass(frozen=True, repr=False)
class ListProfilesResponse(Response):
    """The answer of `list_profiles`: lists the providers, without their secrets."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("profiles", "profiles", model=Profile, many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    profiles: tuple[Profile, ...]
    """The profiles by name."""


@dataclass(frozen=True, repr=False)
class RemoveProfileResponse(Response):
    """The answer of `remove_profile`: removes a provider and its credentials."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""


@dataclass(frozen=True, repr=False)
class QueryAuditResponse(Response):
    """The answer of `query_audit`: reads the audit trail."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("entries", "entries", model=AuditEntry, many=True),
        Key("more", "more", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    entries: tuple[AuditEntry, ...]
    """The entries."""
    more: bool
    """Whether more entries match."""


@dataclass(frozen=True, repr=False)
class VerifyAuditResponse(Response):
    """The answer of `verify_audit`: checks that the audit trail is complete and unaltered."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("entries", "entries"),
        Key("at_seq", "atSeq"),
    )

    outcome: str
    """What was found."""
    entries: int
    """How many entries were read."""
    at_seq: int | None
    """The first entry that is not right."""


@dataclass(frozen=True, repr=False)
class PurgeResponse(Response):
    """The answer of `purge`: removes what is older than its retention."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("audit_entries", "auditEntries", shown=True),
        Key("shares", "shares"),
        Key("enrollments", "enrollments"),
        Key("batches", "batches"),
    )

    outcome: str
    """One of the operation's outcomes."""
    audit_entries: int
    """Audit entries removed."""
    shares: int
    """Shares removed."""
    enrollments: int
    """Enrolments of which what came with them was removed."""
    batches: int
    """Bulk jobs removed."""


@dataclass(frozen=True, repr=False)
class RotateKeyResponse(Response):
    """The answer of `rotate_key`: seals everything anew under a new key."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("resealed", "resealed", shown=True),
        Key("unreadable", "unreadable", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    resealed: int
    """How many values were sealed anew."""
    unreadable: int
    """How many do not open, because they were altered or moved; they are left as they are."""


@dataclass(frozen=True, repr=False)
class StartListenerResponse(Response):
    """The answer of `start_listener`: starts to serve the interfaces that the configuration's `listener`
    section describes.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("address", "address"),
        Key("interfaces", "interfaces", many=True, shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    address: str
    """Its address, such as `http://127.0.0.1:8085`."""
    interfaces: tuple[str, ...]
    """What it offers, by the names of the configuration."""


@dataclass(frozen=True, repr=False)
class StopListenerResponse(Response):
    """The answer of `stop_listener`: stops to serve, letting requests under way end."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""


@dataclass(frozen=True, repr=False)
class HealthResponse(Response):
    """The answer of `health`: tells whether the plugin can work."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("version", "version", shown=True),
        Key("left_alone", "leftAlone", many=True, shown=True),
        Key("store", "store", shown=True),
    )

    outcome: str
    """`ok` or `degraded`."""
    version: str
    """The library's version."""
    left_alone: tuple[str, ...]
    """Hosts that are being left alone after repeated failures."""
    store: bool | None
    """Whether the store could be read; absent unless `probe` was set."""


@dataclass(frozen=True, repr=False)
class StartBatchResponse(Response):
    """The answer of `start_batch`: starts to run an operation for every row of a file, or checks the rows
    without running anything.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("batch_id", "batchId", shown=True),
        Key("rows", "rows", shown=True),
        Key("valid", "valid", shown=True),
        Key("refused", "refused", shown=True),
        Key("refused_rows", "refusedRows", model=RefusedRow, many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    batch_id: str | None
    """The batch's id; absent with `dryRun`."""
    rows: int | None
    """How many rows the file has; absent where that is not known yet."""
    valid: int | None
    """With `dryRun`, how many of them can be run."""
    refused: int | None
    """With `dryRun`, how many would be refused."""
    refused_rows: tuple[RefusedRow, ...]
    """The first 1,000 of those."""


@dataclass(frozen=True, repr=False)
class BatchStatusResponse(Response):
    """The answer of `batch_status`: tells how far a batch has come, at once or when it ends."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("batch_id", "batchId", shown=True),
        Key("operation", "operation", shown=True),
        Key("input", "input"),
        Key("output", "output"),
        Key("partial_output", "partialOutput"),
        Key("rows_read", "rowsRead", shown=True),
        Key("rows_total", "rowsTotal", shown=True),
        Key("done", "done", shown=True),
        Key("failed", "failed", shown=True),
        Key("refused", "refused", shown=True),
        Key("in_flight", "inFlight", shown=True),
        Key("rate_per_second", "ratePerSecond", shown=True),
        Key("eta_seconds", "etaSeconds", shown=True),
        Key("outcomes", "outcomes", shown=True),
        Key("errors", "errors", shown=True),
        Key("refused_rows", "refusedRows", model=RefusedRow, many=True),
        Key("started_at", "startedAt", shown=True),
        Key("ended_at", "endedAt", shown=True),
        Key("held_back", "heldBack", shown=True),
        Key("error", "error"),
    )

    outcome: str
    """One of the operation's outcomes."""
    batch_id: str
    """The batch."""
    operation: str
    """The operation run for each row."""
    input: str
    """The file that is read."""
    output: str
    """The file that has the results once it is done."""
    partial_output: str | None
    """The file that has what is done so far, while the results are not written."""
    rows_read: int
    """How many rows were read."""
    rows_total: int | None
    """How many rows the file has; absent where that is not known yet."""
    done: int
    """How many rows have an answer."""
    failed: int
    """How many rows have none because of an error."""
    refused: int
    """How many rows were refused before anything was called."""
    in_flight: int
    """How many rows are being worked on."""
    rate_per_second: float
    """How many rows a second came to their end lately."""
    eta_seconds: int | None
    """How long it will still take at that rate; absent where that is not known."""
    outcomes: dict[str, Any]
    """How many rows had each outcome."""
    errors: dict[str, Any]
    """How many rows had each error, by its code."""
    refused_rows: tuple[RefusedRow, ...]
    """The first 1,000 rows that were refused."""
    started_at: str
    """When it was started."""
    ended_at: str | None
    """When it ended, if it has."""
    held_back: float | None
    """To how many calls a second it keeps because the service asks for fewer; absent when it does not."""
    error: dict[str, Any] | None
    """The error object that says why it failed."""


@dataclass(frozen=True, repr=False)
class ResumeBatchResponse(Response):
    """The answer of `resume_batch`: goes on with a batch that has ended early, without repeating a row that
    is done.
    """

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("batch_id", "batchId", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    batch_id: str
    """The batch."""


@dataclass(frozen=True, repr=False)
class ListBatchesResponse(Response):
    """The answer of `list_batches`: lists batches, newest first."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("batches", "batches", model=BatchEntry, many=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    batches: tuple[BatchEntry, ...]
    """The batches, newest first."""


@dataclass(frozen=True, repr=False)
class CancelBatchResponse(Response):
    """The answer of `cancel_batch`: ends a batch; what is done is kept, and it can be resumed."""

    _KEYS: ClassVar[tuple[Key, ...]] = (
        Key("outcome", "outcome", shown=True),
        Key("batch_id", "batchId", shown=True),
    )

    outcome: str
    """One of the operation's outcomes."""
    batch_id: str
    """The batch."""
