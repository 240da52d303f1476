/*
 * LearnerLink 0.1.0, interface 1.0.
 *
 * Generated from the Rust sources by `cargo run -p headergen`; do not edit.
 * SPDX-License-Identifier: MIT
 */

#ifndef LEARNERLINK_H
#define LEARNERLINK_H

#include <stdint.h>

/**
 * @file learnerlink.h
 * @brief Official record services for learners and patients behind one C interface.
 *
 * This comment is the contract of every function below; a function's own comment says only what is
 * particular to it.
 *
 * @par In short
 * @code
 * learnerlink_plugin plugin = 0;
 * learnerlink_text text = 0;
 * learnerlink_error error = 0;
 * if (learnerlink_open("{\"sandbox\":\"http://127.0.0.1:8099\"}", &plugin, &error) == LEARNERLINK_STATUS_OK &&
 *     learnerlink_generate_qr(plugin, "{\"ukprn\":\"10099901\"}", &text, &error) == LEARNERLINK_STATUS_OK) {
 *   uint64_t length = 0;
 *   learnerlink_text_copy(text, NULL, 0, &length);
 *   char *json = malloc((size_t)length + 1);
 *   learnerlink_text_copy(text, json, length + 1, NULL);
 *   ...
 * }
 * learnerlink_close(text);
 * learnerlink_close(error);
 * learnerlink_close(plugin);
 * @endcode
 *
 * @par Pointers
 * Every pointer is NULL or valid for the length of the call: an input text is readable up to its NUL, an
 * out-pointer is writable, a buffer has as many bytes as its capacity says. Alignment does not matter.
 * What may not be NULL and is gives LEARNERLINK_STATUS_NULL_ARGUMENT. `out_error` may always be NULL. No
 * pointer into the library's memory is ever handed out but that of learnerlink_version(), which is
 * static; no function pointer, structure, `bool`, `size_t` or `long` crosses this interface.
 *
 * @par Text
 * All text is UTF-8, paths and Windows included. Input ends in NUL and is copied before a function that
 * goes on working returns; input that is not UTF-8 is refused with LEARNERLINK_STATUS_INVALID_UTF8. Output
 * is a learnerlink_text, to be copied out with learnerlink_text_copy() and then closed.
 *
 * @par Status
 * A function that can fail returns a learnerlink_status: 0 is success; 1 to 99 are not failures; 100 to
 * 199 are mistakes of the caller; 200 to 299 bad input or configuration; 300 to 399 the store; 400 to 499
 * the network or a remote service; 900 a defect of the library. Numbers are permanent. New ones may be
 * added, so treat an unknown number by its hundred. An answer about a learner, such as "not shared", is
 * not a failure but the `outcome` of a response.
 *
 * @par Errors
 * When a call fails and `out_error` is not NULL, it receives an error object; learnerlink_error_json()
 * reads it and learnerlink_close() ends it. When a call succeeds it is 0. Its keys are `status`, `code`,
 * `message`, `retriable`, `operation`, `system`, `upstream`, `details` and `causes`; see
 * `schemas/error.json`. A message never holds a name, date of birth, number of a person, key or token.
 *
 * @par Results
 * Every out-parameter is set to 0 on entry and filled on success only. The exception is the length that
 * learnerlink_text_copy() sets also when the buffer is too small.
 *
 * @par Handles and ownership
 * A handle is a positive 64-bit integer, also in a 32-bit process; 0 is no handle.
 *
 * | What                                    | Whose it is    | How it ends                                      |
 * |-----------------------------------------|----------------|--------------------------------------------------|
 * | any handle the library returned         | the caller's   | learnerlink_close(), once, from any thread       |
 * | a `const char *` argument               | the caller's   | borrowed until the function returns              |
 * | text that comes out                     | the library's  | copy it, then learnerlink_close()                |
 * | what learnerlink_version() returns      | the library's  | never                                            |
 * | the `tag` given to a queue              | the caller's   | a number that is only handed back                |
 *
 * learnerlink_close(0) succeeds. A handle that is closed, of another kind or made up is refused with
 * LEARNERLINK_STATUS_INVALID_HANDLE and nothing happens; a closed handle never names a later object. What
 * belongs to a plugin that was closed reports LEARNERLINK_STATUS_CLOSED or LEARNERLINK_STATUS_CANCELLED.
 *
 * @par JSON
 * Requests, responses, configuration and errors are objects with keys in lowerCamelCase. Absent and null
 * mean the same. A key that nothing reads is refused in requests and in the configuration; a reader of
 * responses must ignore keys it does not know, since later versions add some. Times are RFC 3339 in UTC
 * with `Z`, dates `YYYY-MM-DD`, binary data is base64. Schemas lie beside this header in `schemas/`.
 *
 * @par Operations
 * A function named after an operation blocks until there is an answer or its deadline (`timeoutMs` of
 * the request, else `timeouts.operationMs` of the configuration) has passed. learnerlink_start() runs the
 * same operations without blocking. An operation that was started is running until it ends, once and for
 * ever, as done, failed or cancelled.
 *
 * @par Threads
 * Every function may be called on every handle from every thread at any time. Nothing of the library's
 * runs on the caller's threads after a call has returned, and nothing ever calls back. Threads of the
 * library's own start with the first plugin and end soon after the last one is closed.
 *
 * @par Fork
 * A child forked after the first call gets LEARNERLINK_STATUS_FORKED from every function, without an error
 * object, and must exec before it uses the library. A child forked before the first call is free.
 *
 * @par End of the process
 * learnerlink_shutdown() cancels all work and is bounded in time; to exit without it loses nothing that was
 * acknowledged. The library stays mapped once it was used: to unload it does nothing. It never writes to
 * standard output or standard error and does no work in exit handlers; see learnerlink_log_next().
 *
 * @par Calling convention
 * On 32-bit Windows `__stdcall`, elsewhere that of C. Exported names are undecorated everywhere.
 *
 * @par Versions
 * Within a major version of this interface functions, statuses and keys are added, never changed or
 * taken away. Check at load that learnerlink_abi_version() has the major version of this header and at
 * least its minor one.
 */

/** The version of the library this header belongs to; compare learnerlink_version(). */
#define LEARNERLINK_VERSION "0.1.0"
/** The major version of this interface. */
#define LEARNERLINK_ABI_MAJOR 1
/** The minor version of this interface. */
#define LEARNERLINK_ABI_MINOR 0
/** The version of this interface in one number; compare learnerlink_abi_version(). */
#define LEARNERLINK_ABI_VERSION ((uint32_t)LEARNERLINK_ABI_MAJOR << 16 | LEARNERLINK_ABI_MINOR)

/** The calling convention, between a function's return type and its name. */
#if defined(_WIN32) && (defined(_M_IX86) || defined(__i386__))
#define LEARNERLINK_CALL __stdcall
#else
#define LEARNERLINK_CALL
#endif

/** Where a function is found; define LEARNERLINK_STATIC when linking the static library on Windows. */
#if defined(_WIN32) && !defined(LEARNERLINK_STATIC)
#define LEARNERLINK_API __declspec(dllimport)
#else
#define LEARNERLINK_API
#endif

/** The values of a learnerlink_status. */
enum {
  /** The call succeeded. */
  LEARNERLINK_STATUS_OK = 0,
  /** The operation is still running; wait for it or poll it again. The same call may succeed later. */
  LEARNERLINK_STATUS_NOT_READY = 1,
  /** Nothing happened within the time given to the wait; the work goes on. The same call may succeed later. */
  LEARNERLINK_STATUS_TIMED_OUT = 2,
  /** The operation was cancelled before it finished. */
  LEARNERLINK_STATUS_CANCELLED = 3,
  /** The text does not fit the buffer; its length was set. */
  LEARNERLINK_STATUS_BUFFER_TOO_SMALL = 4,
  /** A required argument is NULL. */
  LEARNERLINK_STATUS_NULL_ARGUMENT = 100,
  /** A text argument is not valid UTF-8. */
  LEARNERLINK_STATUS_INVALID_UTF8 = 101,
  /** The handle is zero, closed, of another kind or made up. */
  LEARNERLINK_STATUS_INVALID_HANDLE = 102,
  /** The plugin or queue behind the handle was closed. */
  LEARNERLINK_STATUS_CLOSED = 103,
  /** The process is a fork of the one that used the library; load it afresh after exec. */
  LEARNERLINK_STATUS_FORKED = 104,
  /** No operation has this name; learnerlink_describe lists them. */
  LEARNERLINK_STATUS_UNKNOWN_OPERATION = 105,
  /** Too many handles are open; close those no longer needed. */
  LEARNERLINK_STATUS_HANDLES_EXHAUSTED = 106,
  /** The operation was already given to a completion queue. */
  LEARNERLINK_STATUS_ALREADY_ENQUEUED = 107,
  /** The text is not the JSON object expected here. */
  LEARNERLINK_STATUS_INVALID_JSON = 200,
  /** The JSON has a key that nothing reads; its path is in the message. */
  LEARNERLINK_STATUS_UNKNOWN_KEY = 201,
  /** A value in the request breaks its rule; `details.field` names it. */
  LEARNERLINK_STATUS_INVALID_INPUT = 202,
  /** A value in the configuration breaks its rule; `details.path` names it. */
  LEARNERLINK_STATUS_INVALID_CONFIG = 203,
  /** The request is larger than `limits.maxRequestBytes`. */
  LEARNERLINK_STATUS_TOO_LARGE = 204,
  /** No credential is stored for this provider; add one with put_profile. */
  LEARNERLINK_STATUS_NO_CREDENTIAL = 205,
  /** The client id already belongs to another provider; each provider has its own. */
  LEARNERLINK_STATUS_DUPLICATE_CLIENT_ID = 206,
  /** What the request names is not in the store. */
  LEARNERLINK_STATUS_NOT_FOUND = 207,
  /** The request contradicts what the store holds. */
  LEARNERLINK_STATUS_CONFLICT = 208,
  /** The store holds or would hold secrets and no vault key is configured. */
  LEARNERLINK_STATUS_VAULT_KEY_MISSING = 209,
  /** The configured vault key is not the one this store was sealed with. */
  LEARNERLINK_STATUS_VAULT_KEY_WRONG = 210,
  /** The client certificate cannot be used; `details.problem` and the message say why. */
  LEARNERLINK_STATUS_BAD_CERTIFICATE = 211,
  /** A row of a batch's input was refused before anything was called; the message says why. */
  LEARNERLINK_STATUS_INVALID_ROW = 212,
  /** More rows of a batch failed than `stopAfterErrors` allows; look into them and resume it. */
  LEARNERLINK_STATUS_BATCH_STOPPED = 213,
  /** The store cannot be opened or has failed. */
  LEARNERLINK_STATUS_STORE_UNAVAILABLE = 300,
  /** Others kept the store locked, or its server is out of reach for the moment; try again. The same call may succeed later. */
  LEARNERLINK_STATUS_STORE_BUSY = 301,
  /** The store's file is not a database or is damaged; restore a backup. */
  LEARNERLINK_STATUS_STORE_CORRUPT = 302,
  /** The store was written by a newer version of the library; upgrade this one. */
  LEARNERLINK_STATUS_STORE_SCHEMA_NEWER = 303,
  /** The disk is full; free space and try again. The same call may succeed later. */
  LEARNERLINK_STATUS_STORE_FULL = 304,
  /** The store's file or folder cannot be written. */
  LEARNERLINK_STATUS_STORE_READ_ONLY = 305,
  /** A sealed value does not open in its place: it was altered, moved or copied. */
  LEARNERLINK_STATUS_SEAL_BROKEN = 306,
  /** The results of a batch cannot be written; what was done is kept, and it can be resumed. */
  LEARNERLINK_STATUS_BATCH_OUTPUT = 307,
  /** No connection to the service could be made; check network and proxy. The same call may succeed later. */
  LEARNERLINK_STATUS_UNREACHABLE = 400,
  /** The service did not answer within the deadline. The same call may succeed later. */
  LEARNERLINK_STATUS_DEADLINE_EXCEEDED = 401,
  /** The service's certificate was not accepted or the TLS handshake failed. */
  LEARNERLINK_STATUS_TLS_FAILED = 402,
  /** The service answered something its interface does not allow. */
  LEARNERLINK_STATUS_PROTOCOL = 403,
  /** The service's answer is larger than the limit. */
  LEARNERLINK_STATUS_RESPONSE_TOO_LARGE = 404,
  /** The service is out of order for the moment; try again later. The same call may succeed later. */
  LEARNERLINK_STATUS_UNAVAILABLE = 405,
  /** The service asks for fewer calls; wait `details.retryAfterMs`. The same call may succeed later. */
  LEARNERLINK_STATUS_THROTTLED = 406,
  /** The service failed repeatedly and is being left alone; wait `details.retryAfterMs`. The same call may succeed later. */
  LEARNERLINK_STATUS_CIRCUIT_OPEN = 407,
  /** The service does not accept this client id and secret; an administrator must renew them. */
  LEARNERLINK_STATUS_BAD_CREDENTIAL = 410,
  /** The tenant, resource or scope is not known to the token service. */
  LEARNERLINK_STATUS_AUTH_CONFIG = 411,
  /** A fresh token was refused by the service. */
  LEARNERLINK_STATUS_AUTH_REJECTED = 412,
  /** The service does not allow this provider to do this. */
  LEARNERLINK_STATUS_FORBIDDEN = 413,
  /** The service refused the request as invalid. */
  LEARNERLINK_STATUS_REJECTED = 414,
  /** The request may have been carried out; it is not repeated automatically. */
  LEARNERLINK_STATUS_OUTCOME_UNKNOWN = 415,
  /** The service does not accept our client certificate, or wants one. */
  LEARNERLINK_STATUS_CERTIFICATE_REFUSED = 416,
  /** The service is closed for maintenance or out of its hours; try again when it is open. The same call may succeed later. */
  LEARNERLINK_STATUS_MAINTENANCE = 417,
  /** The service reported a fault; `upstream.code` is its own code for it. */
  LEARNERLINK_STATUS_SERVICE_FAULT = 418,
  /** A batch ended while this row's call was under way; it may have been carried out and is not repeated. */
  LEARNERLINK_STATUS_BATCH_ROW_INTERRUPTED = 419,
  /** A defect of this library; the log has file and line. */
  LEARNERLINK_STATUS_INTERNAL = 900
};

/** The values of a learnerlink_op_state. */
enum {
  /** The work goes on. */
  LEARNERLINK_OP_STATE_RUNNING = 1,
  /** There is a response. */
  LEARNERLINK_OP_STATE_DONE = 2,
  /** There is an error. */
  LEARNERLINK_OP_STATE_FAILED = 3,
  /** It was cancelled, or its plugin was closed. */
  LEARNERLINK_OP_STATE_CANCELLED = 4
};


/**
 * As a timeout: wait as long as it takes.
 */
#define LEARNERLINK_WAIT_FOREVER UINT32_MAX

/**
 * The outcome of a call; see the constants `LEARNERLINK_STATUS_...`.
 */
typedef int32_t learnerlink_status;

/**
 * A text on its way out.
 */
typedef uint64_t learnerlink_text;

/**
 * Why a call failed.
 */
typedef uint64_t learnerlink_error;

/**
 * An open plugin.
 */
typedef uint64_t learnerlink_plugin;

/**
 * An operation that was started.
 */
typedef uint64_t learnerlink_op;

/**
 * How far an operation is; see the constants `LEARNERLINK_OP_STATE_...`.
 */
typedef int32_t learnerlink_op_state;

/**
 * A completion queue.
 */
typedef uint64_t learnerlink_queue;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/* The library */

/**
 * Returns the library's version, such as `1.2.3`. The text is static and never freed.
 */
LEARNERLINK_API const char *LEARNERLINK_CALL learnerlink_version(void);

/**
 * Returns the version of this interface as `major << 16 | minor`.
 *
 * Within a major version functions, statuses and keys are added and never changed or removed.
 */
LEARNERLINK_API uint32_t LEARNERLINK_CALL learnerlink_abi_version(void);

/**
 * Returns the catalogue as JSON: versions, operations with their schemas and outcomes, and all errors.
 *
 * @param out_text  receives the catalogue; 0 on failure
 * @return LEARNERLINK_STATUS_OK, or why there is none
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_describe(
    learnerlink_text *out_text,
    learnerlink_error *out_error);

/* Plugins and the process */

/**
 * Opens a plugin: its store, its vault and its way to the services.
 *
 * @param config_json  the configuration, see `include/schemas/configuration.json`; `{"sandbox":"http://127.0.0.1:8099"}` is one
 * @param out_plugin   receives the plugin; 0 on failure
 * @return LEARNERLINK_STATUS_OK, or why it could not be opened
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_open(
    const char *config_json,
    learnerlink_plugin *out_plugin,
    learnerlink_error *out_error);

/**
 * Ends a handle of any kind. Never blocks.
 *
 * Closing a plugin ends its operations as cancelled; closing a running operation cancels it; closing a
 * queue wakes its waiters. Calls under way on other threads finish safely.
 *
 * @param handle  any handle the library returned; 0 does nothing
 * @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE for one that is not open
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_close(uint64_t handle);

/**
 * Returns counters as JSON: calls by operation and outcome, latency, retries, tokens, open handles.
 *
 * @param plugin    the plugin whose counters to include; 0 for those of the process alone
 * @param out_text  receives the counters; 0 on failure
 * @return LEARNERLINK_STATUS_OK, or why there are none
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_stats(
    learnerlink_plugin plugin,
    learnerlink_text *out_text,
    learnerlink_error *out_error);

/**
 * Takes the oldest line of the log, waiting for one if there is none.
 *
 * The level is set by `log.level` in the configuration; by default only defects of the library are. Only a line ends the
 * wait, not a shutdown, so a thread that pulls the log should wait a second at a time.
 *
 * @param timeout_ms  how long to wait; 0 not at all, LEARNERLINK_WAIT_FOREVER some fifty days
 * @param out_text    receives a JSON object; 0 when there was none
 * @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_TIMED_OUT
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_log_next(
    uint32_t timeout_ms,
    learnerlink_text *out_text);

/**
 * Ends all work of the library in this process.
 *
 * Plugins refuse new work, and operations are cancelled and waited for; one that does not stop in time is
 * given up and ends as cancelled all the same. Queues hand out what is left and are then closed. Handles stay
 * to be closed. A plugin may be opened afresh afterwards.
 *
 * @param timeout_ms  how long to wait for operations to end; 0 not at all, LEARNERLINK_WAIT_FOREVER some fifty days
 * @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_TIMED_OUT with the names of those left in `details.operations`
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_shutdown(
    uint32_t timeout_ms,
    learnerlink_error *out_error);

/* Texts and errors */

/**
 * Copies a text into the caller's buffer as UTF-8, followed by a NUL.
 *
 * Call it with no buffer to learn the length first. The text stays until it is closed.
 *
 * @param buffer    receives the text and its NUL; may be NULL when `capacity` is 0
 * @param capacity  the buffer's size in bytes
 * @param out_len   receives the text's length in bytes without the NUL, also when the buffer is too small; may be NULL
 * @return LEARNERLINK_STATUS_OK, LEARNERLINK_STATUS_BUFFER_TOO_SMALL or LEARNERLINK_STATUS_INVALID_HANDLE
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_text_copy(
    learnerlink_text text,
    char *buffer,
    uint64_t capacity,
    uint64_t *out_len);

/**
 * Returns an error object as JSON: `status`, `code`, `message`, `retriable`, `operation`, `system`,
 * `upstream`, `details`, `causes`.
 *
 * @param error     an error that a failed call left; close it afterwards
 * @param out_text  receives the JSON; 0 on failure
 * @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_error_json(learnerlink_error error, learnerlink_text *out_text);

/* Starting operations */

/**
 * Starts any operation by its name and returns at once.
 *
 * The request is read and checked before this returns, so bad input fails the start and not the
 * operation, and the texts may be freed at once.
 *
 * @param operation     the operation's name, as in `learnerlink_describe`
 * @param request_json  the operation's request
 * @param out_op        receives the operation; 0 on failure
 * @return LEARNERLINK_STATUS_OK, or why it was not started
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_start(
    learnerlink_plugin plugin,
    const char *operation,
    const char *request_json,
    learnerlink_op *out_op,
    learnerlink_error *out_error);

/* Operations that were started */

/**
 * Tells how far an operation is, without waiting.
 *
 * @param out_state  receives a LEARNERLINK_OP_STATE_...; 0 on failure
 * @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_op_poll(
    learnerlink_op op,
    learnerlink_op_state *out_state,
    learnerlink_error *out_error);

/**
 * Waits for an operation to end and tells how far it is then.
 *
 * @param timeout_ms  how long to wait, or LEARNERLINK_WAIT_FOREVER
 * @param out_state   receives a LEARNERLINK_OP_STATE_..., RUNNING when the time was up first; 0 on failure
 * @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_op_wait(
    learnerlink_op op,
    uint32_t timeout_ms,
    learnerlink_op_state *out_state,
    learnerlink_error *out_error);

/**
 * Asks an operation to stop. It ends soon, as cancelled unless something else came first.
 *
 * @return LEARNERLINK_STATUS_OK, also for one that has ended, or LEARNERLINK_STATUS_INVALID_HANDLE
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_op_cancel(learnerlink_op op);

/**
 * Tells how far an operation is, as JSON.
 *
 * @param out_text  receives `operation`, `state`, `elapsedMs` and what the operation reports; 0 on failure
 * @return LEARNERLINK_STATUS_OK, or LEARNERLINK_STATUS_INVALID_HANDLE
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_op_progress(
    learnerlink_op op,
    learnerlink_text *out_text,
    learnerlink_error *out_error);

/**
 * Returns the response of an operation that has ended, or fails as the operation did. Repeatable.
 *
 * @param out_response  receives the response; 0 on failure
 * @return LEARNERLINK_STATUS_OK, LEARNERLINK_STATUS_NOT_READY while it runs, or the operation's own status
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_op_result(
    learnerlink_op op,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/* Completion queues */

/**
 * Opens a completion queue.
 *
 * @param out_queue  receives the queue; 0 on failure
 * @return LEARNERLINK_STATUS_OK, or why there is none
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_queue_open(
    learnerlink_queue *out_queue,
    learnerlink_error *out_error);

/**
 * Has a queue told when an operation ends; at once when it already has. Once per operation.
 *
 * The end is delivered exactly once, however it comes: finished, failed, cancelled, closed or shut down.
 *
 * @param tag  any number; it comes back with the end
 * @return LEARNERLINK_STATUS_OK, LEARNERLINK_STATUS_ALREADY_ENQUEUED, LEARNERLINK_STATUS_CLOSED or
 *         LEARNERLINK_STATUS_INVALID_HANDLE
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_op_enqueue(
    learnerlink_op op,
    learnerlink_queue queue,
    uint64_t tag,
    learnerlink_error *out_error);

/**
 * Takes the next operation that has ended, waiting for one if there is none.
 *
 * @param timeout_ms  how long to wait, or LEARNERLINK_WAIT_FOREVER
 * @param out_tag     receives the tag given to `learnerlink_op_enqueue`
 * @param out_state   receives how it ended, a LEARNERLINK_OP_STATE_...
 * @return LEARNERLINK_STATUS_OK, LEARNERLINK_STATUS_TIMED_OUT, or LEARNERLINK_STATUS_CLOSED once the queue
 *         was closed and has handed out what it had
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_queue_next(
    learnerlink_queue queue,
    uint32_t timeout_ms,
    uint64_t *out_tag,
    learnerlink_op_state *out_state);

/* Operations of the DfE View Education Record room */

/**
 * Issues a request to share a record and returns its QR code (VERA pattern A).
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/generate_qr.request.json`
 * @param out_response  receives the response, see `include/schemas/generate_qr.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_generate_qr(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Asks whether a learner has shared their record, at once or for up to `waitMs` (VERA patterns A and C).
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/poll_learner_data.request.json`
 * @param out_response  receives the response, see `include/schemas/poll_learner_data.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_poll_learner_data(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Fetches the record of a learner who has already agreed to share it (VERA pattern B).
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/fetch_learner_data.request.json`
 * @param out_response  receives the response, see `include/schemas/fetch_learner_data.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_fetch_learner_data(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Asks whether a learner can be asked to share (VERA pattern C).
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/check_learner.request.json`
 * @param out_response  receives the response, see `include/schemas/check_learner.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_check_learner(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Sends a learner's phone a request to share (VERA pattern C). Never repeated automatically.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/request_share.request.json`
 * @param out_response  receives the response, see `include/schemas/request_share.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_request_share(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Lists the shares in the store, newest first.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/list_shares.request.json`
 * @param out_response  receives the response, see `include/schemas/list_shares.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_list_shares(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Stops waiting for a learner.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/cancel_share.request.json`
 * @param out_response  receives the response, see `include/schemas/cancel_share.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_cancel_share(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/* Operations of the Learning Records Service room */

/**
 * Searches the Learning Records Service for a learner, by name, date of birth, gender and postcode or by ULN.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/match_learner.request.json`
 * @param out_response  receives the response, see `include/schemas/match_learner.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_match_learner(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Fetches a personal learning record, by ULN and names or for a person in the match register.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/fetch_plr.request.json`
 * @param out_response  receives the response, see `include/schemas/fetch_plr.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_fetch_plr(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Says which ULN is confirmed for a person.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/get_match.request.json`
 * @param out_response  receives the response, see `include/schemas/get_match.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_get_match(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Confirms which ULN a person has; no two people hold one ULN.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/confirm_match.request.json`
 * @param out_response  receives the response, see `include/schemas/confirm_match.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_confirm_match(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Confirms that a person has no ULN.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/confirm_no_match.request.json`
 * @param out_response  receives the response, see `include/schemas/confirm_no_match.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_confirm_no_match(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Takes back what was confirmed of a person; the history stays.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/remove_match.request.json`
 * @param out_response  receives the response, see `include/schemas/remove_match.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_remove_match(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Gives all that the match register holds of a person.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/subject_access_report.request.json`
 * @param out_response  receives the response, see `include/schemas/subject_access_report.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_subject_access_report(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Imports the match register of another installation from a CSV file.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/import_matches.request.json`
 * @param out_response  receives the response, see `include/schemas/import_matches.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_import_matches(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Writes the match register to a CSV file that only its owner may read.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/export_matches.request.json`
 * @param out_response  receives the response, see `include/schemas/export_matches.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_export_matches(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/* Operations of the SIF room */

/**
 * Asks for a student's record, as far as the asking service may see it.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/get_xsre.request.json`
 * @param out_response  receives the response, see `include/schemas/get_xsre.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_get_xsre(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Checks the headers with which a SIF request came, once for each request.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/authorize_sif_request.request.json`
 * @param out_response  receives the response, see `include/schemas/authorize_sif_request.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_authorize_sif_request(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Filters a student's record by data objects or the stylesheet of the Privacy Rules Service.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/filter_xsre.request.json`
 * @param out_response  receives the response, see `include/schemas/filter_xsre.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_filter_xsre(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Takes rules of the Privacy Rules Service into the store, instead of those that are there.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/import_sif_rules.request.json`
 * @param out_response  receives the response, see `include/schemas/import_sif_rules.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_import_sif_rules(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/* Operations of the enrolment room */

/**
 * Handles a start that the host's own web server received, and says what to answer the receiver.
 *
 * Blocks until the start has been answered: up to `enrollment.startDeadlineMs`.
 *
 * @param request_json  see `include/schemas/start_enrollment.request.json`
 * @param out_response  receives the response, see `include/schemas/start_enrollment.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_start_enrollment(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Lists enrolments, hands out those to be decided, and waits for new ones.
 *
 * Blocks until there is an answer, with `waitMs` for as long as that, or the deadline has passed.
 *
 * @param request_json  see `include/schemas/list_enrollments.request.json`
 * @param out_response  receives the response, see `include/schemas/list_enrollments.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_list_enrollments(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Decides about an application.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/decide_enrollment.request.json`
 * @param out_response  receives the response, see `include/schemas/decide_enrollment.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_decide_enrollment(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Tries to create the association of an enrolment at the home institution now.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/create_association.request.json`
 * @param out_response  receives the response, see `include/schemas/create_association.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_create_association(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Changes the host's state of an enrolment and tells the home institution.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/update_association.request.json`
 * @param out_response  receives the response, see `include/schemas/update_association.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_update_association(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Asks the home institution how it stands with an association.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/get_association.request.json`
 * @param out_response  receives the response, see `include/schemas/get_association.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_get_association(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Asks the home institution whether a student is still actively enrolled there.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/get_person.request.json`
 * @param out_response  receives the response, see `include/schemas/get_person.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_get_person(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Sends a student's result to the home institution.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/send_results.request.json`
 * @param out_response  receives the response, see `include/schemas/send_results.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_send_results(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Sends to home institutions what is due, or everything.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/flush_outbox.request.json`
 * @param out_response  receives the response, see `include/schemas/flush_outbox.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_flush_outbox(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Says what to do with something that could not be delivered and needs somebody to look at it.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/resolve_delivery.request.json`
 * @param out_response  receives the response, see `include/schemas/resolve_delivery.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_resolve_delivery(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/* Operations of the linkage keys' room */

/**
 * Asks for the linkage key of a patient, from our own register or a supplier's system.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/retrieve_linkage_key.request.json`
 * @param out_response  receives the response, see `include/schemas/retrieve_linkage_key.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_retrieve_linkage_key(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Makes a linkage key for a patient who has none in force.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/create_linkage_key.request.json`
 * @param out_response  receives the response, see `include/schemas/create_linkage_key.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_create_linkage_key(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Asks for the linkage key of a patient, and has one made when there is none.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/retrieve_or_create_linkage_key.request.json`
 * @param out_response  receives the response, see `include/schemas/retrieve_or_create_linkage_key.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_retrieve_or_create_linkage_key(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Revokes a patient's linkage key in our own register; it never becomes valid again.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/revoke_linkage_key.request.json`
 * @param out_response  receives the response, see `include/schemas/revoke_linkage_key.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_revoke_linkage_key(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Blocks or unblocks a patient or an organisation in our own register.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/set_linkage_access.request.json`
 * @param out_response  receives the response, see `include/schemas/set_linkage_access.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_set_linkage_access(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Checks an account id and linkage key that somebody presents against our own register.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/check_linkage_key.request.json`
 * @param out_response  receives the response, see `include/schemas/check_linkage_key.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_check_linkage_key(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Imports organisations, patients, accounts and linkage keys from a file into our own register.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/import_register.request.json`
 * @param out_response  receives the response, see `include/schemas/import_register.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_import_register(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Writes our own register to a file, sealed under a passphrase or without its linkage keys.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/export_register.request.json`
 * @param out_response  receives the response, see `include/schemas/export_register.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_export_register(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/* Operations on the library's own affairs */

/**
 * Adds or changes a provider and its credentials, which are sealed.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/put_profile.request.json`
 * @param out_response  receives the response, see `include/schemas/put_profile.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_put_profile(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Lists the providers, without their secrets.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/list_profiles.request.json`
 * @param out_response  receives the response, see `include/schemas/list_profiles.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_list_profiles(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Removes a provider and its credentials.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/remove_profile.request.json`
 * @param out_response  receives the response, see `include/schemas/remove_profile.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_remove_profile(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Reads the audit trail.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/query_audit.request.json`
 * @param out_response  receives the response, see `include/schemas/query_audit.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_query_audit(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Checks that the audit trail is complete and unaltered.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/verify_audit.request.json`
 * @param out_response  receives the response, see `include/schemas/verify_audit.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_verify_audit(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Removes what is older than its retention.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/purge.request.json`
 * @param out_response  receives the response, see `include/schemas/purge.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_purge(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Seals everything anew under a new key.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/rotate_key.request.json`
 * @param out_response  receives the response, see `include/schemas/rotate_key.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_rotate_key(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Starts to serve the interfaces that the configuration's `listener` section describes.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/start_listener.request.json`
 * @param out_response  receives the response, see `include/schemas/start_listener.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_start_listener(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Stops to serve, letting requests under way end.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/stop_listener.request.json`
 * @param out_response  receives the response, see `include/schemas/stop_listener.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_stop_listener(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Tells whether the plugin can work.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/health.request.json`
 * @param out_response  receives the response, see `include/schemas/health.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_health(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/* Operations on bulk jobs */

/**
 * Starts to run an operation for every row of a file, or checks the rows without running anything.
 *
 * The work goes on in the background, until the plugin is closed.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/start_batch.request.json`
 * @param out_response  receives the response, see `include/schemas/start_batch.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_start_batch(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Tells how far a batch has come, at once or when it ends.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/batch_status.request.json`
 * @param out_response  receives the response, see `include/schemas/batch_status.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_batch_status(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Goes on with a batch that has ended early, without repeating a row that is done.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/resume_batch.request.json`
 * @param out_response  receives the response, see `include/schemas/resume_batch.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_resume_batch(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Lists batches, newest first.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/list_batches.request.json`
 * @param out_response  receives the response, see `include/schemas/list_batches.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_list_batches(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

/**
 * Ends a batch; what is done is kept, and it can be resumed.
 *
 * Blocks until there is an answer or the deadline has passed.
 *
 * @param request_json  see `include/schemas/cancel_batch.request.json`
 * @param out_response  receives the response, see `include/schemas/cancel_batch.response.json`; 0 on failure
 * @return LEARNERLINK_STATUS_OK when an answer was had, whatever its outcome
 */
LEARNERLINK_API learnerlink_status LEARNERLINK_CALL learnerlink_cancel_batch(
    learnerlink_plugin plugin,
    const char *request_json,
    learnerlink_text *out_response,
    learnerlink_error *out_error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* LEARNERLINK_H */
