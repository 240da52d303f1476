"""Numbers and names of the library's interface.

Generated from the Rust sources by `cargo run -p headergen`; do not edit.
"""

from __future__ import annotations

from enum import IntEnum

VERSION = "0.1.0"
ABI_MAJOR = 1
ABI_MINOR = 0


class Status(IntEnum):
    """The permanent numbers of what a call can end with."""

    OK = 0
    """The call succeeded."""

    NOT_READY = 1
    """The operation is still running; wait for it or poll it again."""

    TIMED_OUT = 2
    """Nothing happened within the time given to the wait; the work goes on."""

    CANCELLED = 3
    """The operation was cancelled before it finished."""

    BUFFER_TOO_SMALL = 4
    """The text does not fit the buffer; its length was set."""

    NULL_ARGUMENT = 100
    """A required argument is NULL."""

    INVALID_UTF8 = 101
    """A text argument is not valid UTF-8."""

    INVALID_HANDLE = 102
    """The handle is zero, closed, of another kind or made up."""

    CLOSED = 103
    """The plugin or queue behind the handle was closed."""

    FORKED = 104
    """The process is a fork of the one that used the library; load it afresh after exec."""

    UNKNOWN_OPERATION = 105
    """No operation has this name; learnerlink_describe lists them."""

    HANDLES_EXHAUSTED = 106
    """Too many handles are open; close those no longer needed."""

    ALREADY_ENQUEUED = 107
    """The operation was already given to a completion queue."""

    INVALID_JSON = 200
    """The text is not the JSON object expected here."""

    UNKNOWN_KEY = 201
    """The JSON has a key that nothing reads; its path is in the message."""

    INVALID_INPUT = 202
    """A value in the request breaks its rule; `details.field` names it."""

    INVALID_CONFIG = 203
    """A value in the configuration breaks its rule; `details.path` names it."""

    TOO_LARGE = 204
    """The request is larger than `limits.maxRequestBytes`."""

    NO_CREDENTIAL = 205
    """No credential is stored for this provider; add one with put_profile."""

    DUPLICATE_CLIENT_ID = 206
    """The client id already belongs to another provider; each provider has its own."""

    NOT_FOUND = 207
    """What the request names is not in the store."""

    CONFLICT = 208
    """The request contradicts what the store holds."""

    VAULT_KEY_MISSING = 209
    """The store holds or would hold secrets and no vault key is configured."""

    VAULT_KEY_WRONG = 210
    """The configured vault key is not the one this store was sealed with."""

    BAD_CERTIFICATE = 211
    """The client certificate cannot be used; `details.problem` and the message say why."""

    INVALID_ROW = 212
    """A row of a batch's input was refused before anything was called; the message says why."""

    BATCH_STOPPED = 213
    """More rows of a batch failed than `stopAfterErrors` allows; look into them and resume it."""

    STORE_UNAVAILABLE = 300
    """The store cannot be opened or has failed."""

    STORE_BUSY = 301
    """Others kept the store locked, or its server is out of reach for the moment; try again."""

    STORE_CORRUPT = 302
    """The store's file is not a database or is damaged; restore a backup."""

    STORE_SCHEMA_NEWER = 303
    """The store was written by a newer version of the library; upgrade this one."""

    STORE_FULL = 304
    """The disk is full; free space and try again."""

    STORE_READ_ONLY = 305
    """The store's file or folder cannot be written."""

    SEAL_BROKEN = 306
    """A sealed value does not open in its place: it was altered, moved or copied."""

    BATCH_OUTPUT = 307
    """The results of a batch cannot be written; what was done is kept, and it can be resumed."""

    UNREACHABLE = 400
    """No connection to the service could be made; check network and proxy."""

    DEADLINE_EXCEEDED = 401
    """The service did not answer within the deadline."""

    TLS_FAILED = 402
    """The service's certificate was not accepted or the TLS handshake failed."""

    PROTOCOL = 403
    """The service answered something its interface does not allow."""

    RESPONSE_TOO_LARGE = 404
    """The service's answer is larger than the limit."""

    UNAVAILABLE = 405
    """The service is out of order for the moment; try again later."""

    THROTTLED = 406
    """The service asks for fewer calls; wait `details.retryAfterMs`."""

    CIRCUIT_OPEN = 407
    """The service failed repeatedly and is being left alone; wait `details.retryAfterMs`."""

    BAD_CREDENTIAL = 410
    """The service does not accept this client id and secret; an administrator must renew them."""

    AUTH_CONFIG = 411
    """The tenant, resource or scope is not known to the token service."""

    AUTH_REJECTED = 412
    """A fresh token was refused by the service."""

    FORBIDDEN = 413
    """The service does not allow this provider to do this."""

    REJECTED = 414
    """The service refused the request as invalid."""

    OUTCOME_UNKNOWN = 415
    """The request may have been carried out; it is not repeated automatically."""

    CERTIFICATE_REFUSED = 416
    """The service does not accept our client certificate, or wants one."""

    MAINTENANCE = 417
    """The service is closed for maintenance or out of its hours; try again when it is open."""

    SERVICE_FAULT = 418
    """The service reported a fault; `upstream.code` is its own code for it."""

    BATCH_ROW_INTERRUPTED = 419
    """A batch ended while this row's call was under way; it may have been carried out and is not repeated."""

    INTERNAL = 900
    """A defect of this library; the log has file and line."""


class OpState(IntEnum):
    """How far a started operation is."""

    RUNNING = 1
    DONE = 2
    FAILED = 3
    CANCELLED = 4


MEANINGS: dict[int, str] = {
    0: "The call succeeded.",
    1: "The operation is still running; wait for it or poll it again.",
    2: "Nothing happened within the time given to the wait; the work goes on.",
    3: "The operation was cancelled before it finished.",
    4: "The text does not fit the buffer; its length was set.",
    100: "A required argument is NULL.",
    101: "A text argument is not valid UTF-8.",
    102: "The handle is zero, closed, of another kind or made up.",
    103: "The plugin or queue behind the handle was closed.",
    104: "The process is a fork of the one that used the library; load it afresh after exec.",
    105: "No operation has this name; learnerlink_describe lists them.",
    106: "Too many handles are open; close those no longer needed.",
    107: "The operation was already given to a completion queue.",
    200: "The text is not the JSON object expected here.",
    201: "The JSON has a key that nothing reads; its path is in the message.",
    202: "A value in the request breaks its rule; `details.field` names it.",
    203: "A value in the configuration breaks its rule; `details.path` names it.",
    204: "The request is larger than `limits.maxRequestBytes`.",
    205: "No credential is stored for this provider; add one with put_profile.",
    206: "The client id already belongs to another provider; each provider has its own.",
    207: "What the request names is not in the store.",
    208: "The request contradicts what the store holds.",
    209: "The store holds or would hold secrets and no vault key is configured.",
    210: "The configured vault key is not the one this store was sealed with.",
    211: "The client certificate cannot be used; `details.problem` and the message say why.",
    212: "A row of a batch's input was refused before anything was called; the message says why.",
    213: "More rows of a batch failed than `stopAfterErrors` allows; look into them and resume it.",
    300: "The store cannot be opened or has failed.",
    301: "Others kept the store locked, or its server is out of reach for the moment; try again.",
    302: "The store's file is not a database or is damaged; restore a backup.",
    303: "The store was written by a newer version of the library; upgrade this one.",
    304: "The disk is full; free space and try again.",
    305: "The store's file or folder cannot be written.",
    306: "A sealed value does not open in its place: it was altered, moved or copied.",
    307: "The results of a batch cannot be written; what was done is kept, and it can be resumed.",
    400: "No connection to the service could be made; check network and proxy.",
    401: "The service did not answer within the deadline.",
    402: "The service's certificate was not accepted or the TLS handshake failed.",
    403: "The service answered something its interface does not allow.",
    404: "The service's answer is larger than the limit.",
    405: "The service is out of order for the moment; try again later.",
    406: "The service asks for fewer calls; wait `details.retryAfterMs`.",
    407: "The service failed repeatedly and is being left alone; wait `details.retryAfterMs`.",
    410: "The service does not accept this client id and secret; an administrator must renew them.",
    411: "The tenant, resource or scope is not known to the token service.",
    412: "A fresh token was refused by the service.",
    413: "The service does not allow this provider to do this.",
    414: "The service refused the request as invalid.",
    415: "The request may have been carried out; it is not repeated automatically.",
    416: "The service does not accept our client certificate, or wants one.",
    417: "The service is closed for maintenance or out of its hours; try again when it is open.",
    418: "The service reported a fault; `upstream.code` is its own code for it.",
    419: "A batch ended while this row's call was under way; it may have been carried out and is not repeated.",
    900: "A defect of this library; the log has file and line.",
}
"""What each status means, for the few failures that carry no error object."""

RETRIABLE = frozenset(
    {
        1,
        2,
        301,
        304,
        400,
        401,
        405,
        406,
        407,
        417,
    }
)

OPERATIONS = (
    "generate_qr",
    "poll_learner_data",
    "fetch_learner_data",
    "check_learner",
    "request_share",
    "list_shares",
    "cancel_share",
    "match_learner",
    "fetch_plr",
    "get_match",
    "confirm_match",
    "confirm_no_match",
    "remove_match",
    "subject_access_report",
    "import_matches",
    "export_matches",
    "get_xsre",
    "authorize_sif_request",
    "filter_xsre",
    "import_sif_rules",
    "start_enrollment",
    "list_enrollments",
    "decide_enrollment",
    "create_association",
    "update_association",
    "get_association",
    "get_person",
    "send_results",
    "flush_outbox",
    "resolve_delivery",
    "retrieve_linkage_key",
    "create_linkage_key",
    "retrieve_or_create_linkage_key",
    "revoke_linkage_key",
    "set_linkage_access",
    "check_linkage_key",
    "import_register",
    "export_register",
    "put_profile",
    "list_profiles",
    "remove_profile",
    "query_audit",
    "verify_audit",
    "purge",
    "rotate_key",
    "start_listener",
    "stop_listener",
    "health",
    "start_batch",
    "batch_status",
    "resume_batch",
    "list_batches",
    "cancel_batch",
)
"""The operations of the catalogue, in its order."""
