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
