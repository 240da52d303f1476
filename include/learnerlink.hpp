/*
 * LearnerLink for C++17 and later: the C interface of learnerlink.h with owners instead of handles and exceptions
 * instead of statuses. Header only; link the same library.
 * SPDX-License-Identifier: MIT
 *
 *     learnerlink::plugin plugin(R"({"sandbox":"http://127.0.0.1:8099"})");
 *     std::string share = plugin.generate_qr(R"({"ukprn":"10099901"})");
 *
 *     std::future<std::string> answer = plugin.async("poll_learner_data", request);   // or
 *     learnerlink::operation waiting = plugin.start("poll_learner_data", request);    // to cancel it
 *
 * Requests and responses are JSON in UTF-8, as the schemas in `schemas/` describe them; any JSON library will do.
 * Everything may be used from every thread at any time, but for moving and destroying an object others still use.
 * A text with a NUL inside is refused with std::invalid_argument, since C would cut it there.
 */

#ifndef LEARNERLINK_HPP
#define LEARNERLINK_HPP

#include "learnerlink.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>

namespace learnerlink {

/** Why a call had no answer. Pending, declined and "not shared" are no errors but the `outcome` of a response. */
class error : public std::runtime_error {
public:
    error(learnerlink_status status, const std::string &code, const std::string &message, const std::string &json)
        : std::runtime_error(message), status_(status), code_(code), json_(json) {}

    /** The permanent number, one of LEARNERLINK_STATUS_... or one of a newer library. */
    learnerlink_status status() const noexcept { return status_; }
    /** Its permanent name, such as "BAD_CREDENTIAL"; compare this and not what(). */
    const std::string &code() const noexcept { return code_; }
    /** The library's error object as it came; see `schemas/error.json`. Empty when there was none. */
    const std::string &json() const noexcept { return json_; }

private:
    learnerlink_status status_;
    std::string code_;
    std::string json_;
};

/** A mistake of the caller (100 to 199). */
class usage_error : public error { using error::error; };
/** The plugin was closed before there was an answer. */
class closed_error : public usage_error { using usage_error::usage_error; };
/** Bad input or configuration (200 to 299). */
class input_error : public error { using error::error; };
/** The store cannot be used (300 to 399). */
class store_error : public error { using error::error; };
/** The network or the service failed (400 to 499). */
class remote_error : public error { using error::error; };
/** The service does not accept the credentials; an administrator must look at them. */
class authentication_error : public remote_error { using remote_error::remote_error; };
/** A defect of the library (900). */
class internal_error : public error { using error::error; };
/** The operation was cancelled. */
class cancelled_error : public error { using error::error; };

namespace detail {

/** Owns a handle of any kind. */
class handle {
public:
    explicit handle(std::uint64_t value = 0) noexcept : value_(value) {}
    handle(handle &&other) noexcept : value_(std::exchange(other.value_, 0)) {}
    handle &operator=(handle &&other) noexcept {
        // What was owned until now ends here, and not with the other.
        handle taken(std::move(other));
        std::swap(value_, taken.value_);
        return *this;
    }
    handle(const handle &) = delete;
    handle &operator=(const handle &) = delete;
    ~handle() { learnerlink_close(value_); }

    std::uint64_t get() const noexcept { return value_; }

private:
    std::uint64_t value_;
};

inline std::string take(learnerlink_text text) {
    const handle owner(text);
    std::uint64_t length = 0;
    learnerlink_status status = learnerlink_text_copy(text, nullptr, 0, &length);
    std::string copy(static_cast<std::size_t>(length) + 1, '\0');
    if (status == LEARNERLINK_STATUS_BUFFER_TOO_SMALL) {
        status = learnerlink_text_copy(text, &copy[0], copy.size(), &length);
    }
    if (status != LEARNERLINK_STATUS_OK) {
        throw internal_error(status, "INTERNAL", "a text of the library could not be read", {});
    }
    copy.resize(static_cast<std::size_t>(length));
    return copy;
}

/** The string whose opening quote is at `at`, which is left at the closing one. */
inline std::string string_at(const std::string &json, std::size_t &at) {
    std::string text;
    while (++at < json.size() && json[at] != '"') {
        if (json[at] != '\\') {
            text += json[at];
        } else if (++at < json.size()) {
            // Of control characters the library writes these two in messages, if any.
            text += json[at] == 'n' ? '\n' : json[at] == 't' ? '\t' : json[at];
        }
    }
    return text;
}

/** The text of a key of the outermost object. Error objects are the library's own and well-formed. */
inline std::string member(const std::string &json, const std::string &key) {
    int depth = 0;
    for (std::size_t at = 0; at < json.size(); ++at) {
        if (json[at] == '{' || json[at] == '[') ++depth;
        if (json[at] == '}' || json[at] == ']') --depth;
        if (json[at] != '"' || string_at(json, at) != key || depth != 1) continue;
        std::size_t value = json.find_first_not_of(' ', at + 1);
        if (value >= json.size() || json[value] != ':') continue; // the same word as a value
        value = json.find_first_not_of(' ', value + 1);
        return value < json.size() && json[value] == '"' ? string_at(json, value) : std::string();
    }
    return {};
}

[[noreturn]] inline void fail(learnerlink_status status, learnerlink_error object) {
    const handle owner(object);
    std::string json;
    learnerlink_text text = 0;
    if (object != 0 && learnerlink_error_json(object, &text) == LEARNERLINK_STATUS_OK) json = take(text);
    std::string code = member(json, "code");
    std::string message = member(json, "message");
    if (code.empty()) code = "UNKNOWN";
    if (message.empty()) message = "status " + std::to_string(status) + " of the library";
    switch (status) {
    case LEARNERLINK_STATUS_CANCELLED: throw cancelled_error(status, code, message, json);
    case LEARNERLINK_STATUS_CLOSED: throw closed_error(status, code, message, json);
    case LEARNERLINK_STATUS_BAD_CREDENTIAL:
    case LEARNERLINK_STATUS_AUTH_CONFIG:
    case LEARNERLINK_STATUS_AUTH_REJECTED: throw authentication_error(status, code, message, json);
    default: break;
    }
    // A newer library may know statuses that this header does not.
    switch (status / 100) {
    case 1: throw usage_error(status, code, message, json);
    case 2: throw input_error(status, code, message, json);
    case 3: throw store_error(status, code, message, json);
    case 4: throw remote_error(status, code, message, json);
    case 9: throw internal_error(status, code, message, json);
    default: throw error(status, code, message, json);
    }
}

/** By reference, because the call that fills the error object stands beside it, and either may be evaluated first. */
inline void check(learnerlink_status status, const learnerlink_error &object = 0) {
    if (status != LEARNERLINK_STATUS_OK) fail(status, object);
}

inline const char *text(const std::string &text) {
    if (text.find('\0') != std::string::npos) throw std::invalid_argument("a text for LearnerLink has a NUL inside");
    return text.c_str();
}

/** Milliseconds as the interface wants them: never negative, and not by accident for ever. */
template <class Rep, class Period>
std::uint32_t milliseconds(std::chrono::duration<Rep, Period> time) {
    const auto count = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    const auto most = static_cast<decltype(count)>(LEARNERLINK_WAIT_FOREVER - 1);
    return static_cast<std::uint32_t>(count < 0 ? 0 : count > most ? most : count);
}

inline std::string result(learnerlink_op op) {
    learnerlink_text response = 0;
    learnerlink_error problem = 0;
    check(learnerlink_op_result(op, &response, &problem), problem);
    return take(response);
}

/** Keeps promises: one thread that waits for the ends of all operations of a plugin. */
class events {
public:
    events() {
        learnerlink_queue queue = 0;
        learnerlink_error problem = 0;
        check(learnerlink_queue_open(&queue, &problem), problem);
        queue_ = handle(queue);
        thread_ = std::thread([this, queue] { run(queue); });
    }
    events(const events &) = delete;
    events &operator=(const events &) = delete;
    ~events() {
        {
            // The plugin was closed just before, so what is still expected ends soon, as cancelled.
            std::unique_lock<std::mutex> lock(mutex_);
            empty_.wait_for(lock, std::chrono::seconds(2), [this] { return pending_.empty(); });
        }
        queue_ = handle();
        thread_.join();
    }

    std::future<std::string> expect(handle op) {
        const learnerlink_op number = op.get();
        std::uint64_t tag = 0;
        std::future<std::string> future;
        {
            // The promise is there before the end of the operation can be.
            const std::lock_guard<std::mutex> lock(mutex_);
            tag = ++last_;
            auto &pending = pending_[tag];
            pending.op = std::move(op);
            future = pending.promise.get_future();
        }
        learnerlink_error problem = 0;
        const learnerlink_status status = learnerlink_op_enqueue(number, queue_.get(), tag, &problem);
        if (status != LEARNERLINK_STATUS_OK) {
            const std::lock_guard<std::mutex> lock(mutex_);
            pending_.erase(tag);
        }
        check(status, problem);
        return future;
    }

private:
    struct pending {
        handle op;
        std::promise<std::string> promise;
    };

    void run(learnerlink_queue queue) noexcept {
        for (;;) {
            std::uint64_t tag = 0;
            learnerlink_op_state state = 0;
            const learnerlink_status status = learnerlink_queue_next(queue, LEARNERLINK_WAIT_FOREVER, &tag, &state);
            if (status == LEARNERLINK_STATUS_TIMED_OUT) continue;
            if (status != LEARNERLINK_STATUS_OK) break;
            std::unordered_map<std::uint64_t, pending>::node_type ended;
            {
                const std::lock_guard<std::mutex> lock(mutex_);
                ended = pending_.extract(tag);
            }
            if (ended) keep(ended.mapped());
            empty_.notify_all();
        }
        const std::lock_guard<std::mutex> lock(mutex_);
        pending_.clear(); // a promise that goes away unkept tells its future so
    }

    static void keep(pending &ended) noexcept {
        try {
            ended.promise.set_value(result(ended.op.get()));
        } catch (...) {
            ended.promise.set_exception(std::current_exception());
        }
    }

    std::mutex mutex_;
    std::condition_variable empty_;
    std::unordered_map<std::uint64_t, pending> pending_;
    std::uint64_t last_ = 0;
    handle queue_;
    std::thread thread_;
};

} // namespace detail

/** How far a started operation is. */
enum class state : std::int32_t {
    running = LEARNERLINK_OP_STATE_RUNNING,
    done = LEARNERLINK_OP_STATE_DONE,
    failed = LEARNERLINK_OP_STATE_FAILED,
    cancelled = LEARNERLINK_OP_STATE_CANCELLED
};

/** An operation that was started. To destroy it while it runs cancels it. */
class operation {
public:
    explicit operation(detail::handle op) noexcept : op_(std::move(op)) {}

    /** How far it is. */
    learnerlink::state poll() const {
        learnerlink_op_state state = 0;
        learnerlink_error problem = 0;
        detail::check(learnerlink_op_poll(op_.get(), &state, &problem), problem);
        return static_cast<learnerlink::state>(state);
    }

    /** Waits until it ends, at most this long; a running one goes on. */
    template <class Rep, class Period>
    learnerlink::state wait_for(std::chrono::duration<Rep, Period> time) const {
        return wait(detail::milliseconds(time));
    }

    /** Waits until it ends and gives its response, or throws what it failed with. */
    std::string get() const {
        wait(LEARNERLINK_WAIT_FOREVER);
        return detail::result(op_.get());
    }

    /** Asks it to end; it ends as cancelled unless it was quicker. */
    void cancel() const { detail::check(learnerlink_op_cancel(op_.get())); }

    /** How far it is, as JSON for a progress bar. */
    std::string progress() const {
        learnerlink_text text = 0;
        learnerlink_error problem = 0;
        detail::check(learnerlink_op_progress(op_.get(), &text, &problem), problem);
        return detail::take(text);
    }

private:
    learnerlink::state wait(std::uint32_t time) const {
        learnerlink_op_state state = 0;
        learnerlink_error problem = 0;
        const learnerlink_status status = learnerlink_op_wait(op_.get(), time, &state, &problem);
        if (status != LEARNERLINK_STATUS_TIMED_OUT) detail::check(status, problem);
        return static_cast<learnerlink::state>(state);
    }

    detail::handle op_;
};

/** An open plugin. To destroy or close it ends its operations as cancelled, without waiting for the network. */
class plugin {
public:
    /** Opens a plugin with a configuration in JSON, such as {"sandbox":"http://127.0.0.1:8099"}. */
    explicit plugin(const std::string &configuration) {
        learnerlink_plugin opened = 0;
        learnerlink_error problem = 0;
        detail::check(learnerlink_open(detail::text(configuration), &opened, &problem), problem);
        plugin_ = detail::handle(opened);
    }
    plugin(plugin &&) noexcept = default;
    plugin &operator=(plugin &&other) noexcept {
        // The plugin before the thread that waits for its operations, so that these have ended.
        plugin_ = std::move(other.plugin_);
        lazy_ = std::move(other.lazy_);
        return *this;
    }
    plugin(const plugin &) = delete;
    plugin &operator=(const plugin &) = delete;
    ~plugin() { close(); }

    /** Ends all operations as cancelled. Whatever is called afterwards throws. */
    void close() noexcept { plugin_ = detail::handle(); }

    /** Runs an operation of the catalogue by its name while the calling thread waits. */
    std::string call(const std::string &name, const std::string &request = "{}") const {
        return start(name, request).get();
    }

    /** Starts an operation and returns at once. */
    operation start(const std::string &name, const std::string &request = "{}") const {
        return operation(begin(name, request));
    }

    /**
     * Starts an operation whose response, or exception, comes through a future. It goes on when the future is
     * destroyed; to cancel, use start().
     */
    std::future<std::string> async(const std::string &name, const std::string &request = "{}") const {
        detail::handle op = begin(name, request);
        detail::events *events = nullptr;
        {
            const std::lock_guard<std::mutex> lock(lazy_->mutex);
            if (!lazy_->events) lazy_->events = std::make_unique<detail::events>();
            events = lazy_->events.get();
        }
        return events->expect(std::move(op));
    }

    /** Counts of the plugin and the process, as JSON. */
    std::string stats() const {
        learnerlink_text text = 0;
        learnerlink_error problem = 0;
        detail::check(learnerlink_stats(plugin_.get(), &text, &problem), problem);
        return detail::take(text);
    }

    /* The operations of the catalogue. Each blocks until there is an answer and throws learnerlink::error. */

    // <!-- generated:cpp-operations -->

    /** Issues a request to share a record and returns its QR code (pattern A). */
    std::string generate_qr(const std::string &request = "{}") const {
        return named(&learnerlink_generate_qr, request);
    }

    /** Asks whether a learner has shared their record, at once or for up to `waitMs` (patterns A and C). */
    std::string poll_learner_data(const std::string &request = "{}") const {
        return named(&learnerlink_poll_learner_data, request);
    }

    /** Fetches the record of a learner who has already agreed to share it (pattern B). */
    std::string fetch_learner_data(const std::string &request = "{}") const {
        return named(&learnerlink_fetch_learner_data, request);
    }

    /** Asks whether a learner with this mobile number and date of birth can be asked to share (pattern C). */
    std::string check_learner(const std::string &request = "{}") const {
        return named(&learnerlink_check_learner, request);
    }

    /** Sends a learner's phone a request to share and returns the code they must type (pattern C). */
    std::string request_share(const std::string &request = "{}") const {
        return named(&learnerlink_request_share, request);
    }

    /** Lists the shares in the store, newest first. */
    std::string list_shares(const std::string &request = "{}") const {
        return named(&learnerlink_list_shares, request);
    }

    /** Stops waiting for a learner. */
    std::string cancel_share(const std::string &request = "{}") const {
        return named(&learnerlink_cancel_share, request);
    }

    /** Searches the Learning Records Service for a learner by name, date of birth, gender and postcode, or by ULN. */
    std::string match_learner(const std::string &request = "{}") const {
        return named(&learnerlink_match_learner, request);
    }

    /** Fetches a personal learning record, by ULN and names or for a person in the match register. */
    std::string fetch_plr(const std::string &request = "{}") const {
        return named(&learnerlink_fetch_plr, request);
    }

    /** Says which ULN is confirmed for a person. */
    std::string get_match(const std::string &request = "{}") const {
        return named(&learnerlink_get_match, request);
    }

    /** Confirms which ULN a person has; no two people hold one ULN. */
    std::string confirm_match(const std::string &request = "{}") const {
        return named(&learnerlink_confirm_match, request);
    }

    /** Confirms that a person has no ULN. */
    std::string confirm_no_match(const std::string &request = "{}") const {
        return named(&learnerlink_confirm_no_match, request);
    }

    /** Takes back what was confirmed of a person; the history stays. */
    std::string remove_match(const std::string &request = "{}") const {
        return named(&learnerlink_remove_match, request);
    }

    /** Gives all that the match register holds of a person. */
    std::string subject_access_report(const std::string &request = "{}") const {
        return named(&learnerlink_subject_access_report, request);
    }

    /** Imports the match register of another installation from a CSV file. */
    std::string import_matches(const std::string &request = "{}") const {
        return named(&learnerlink_import_matches, request);
    }

    /** Writes the match register to a CSV file that only its owner may read. */
    std::string export_matches(const std::string &request = "{}") const {
        return named(&learnerlink_export_matches, request);
    }

    /** Asks for a student's record, as far as the asking service may see it. */
    std::string get_xsre(const std::string &request = "{}") const {
        return named(&learnerlink_get_xsre, request);
    }

    /** Checks the headers with which a SIF request came, once for each request. */
    std::string authorize_sif_request(const std::string &request = "{}") const {
        return named(&learnerlink_authorize_sif_request, request);
    }

    /** Filters a student's record by data objects or the stylesheet of the Privacy Rules Service. */
    std::string filter_xsre(const std::string &request = "{}") const {
        return named(&learnerlink_filter_xsre, request);
    }

    /** Takes rules of the Privacy Rules Service into the store, instead of those that are there. */
    std::string import_sif_rules(const std::string &request = "{}") const {
        return named(&learnerlink_import_sif_rules, request);
    }

    /** Handles a start that the host's own web server received, and says what to answer the receiver. */
    std::string start_enrollment(const std::string &request = "{}") const {
        return named(&learnerlink_start_enrollment, request);
    }

    /** Lists enrolments, hands out those to be decided, and waits for new ones. */
    std::string list_enrollments(const std::string &request = "{}") const {
        return named(&learnerlink_list_enrollments, request);
    }

    /** Decides about an application. */
    std::string decide_enrollment(const std::string &request = "{}") const {
        return named(&learnerlink_decide_enrollment, request);
    }

    /** Tries to create the association of an enrolment at the home institution now. */
    std::string create_association(const std::string &request = "{}") const {
        return named(&learnerlink_create_association, request);
    }

    /** Changes the host's state of an enrolment and tells the home institution. */
    std::string update_association(const std::string &request = "{}") const {
        return named(&learnerlink_update_association, request);
    }

    /** Asks the home institution how it stands with an association. */
    std::string get_association(const std::string &request = "{}") const {
        return named(&learnerlink_get_association, request);
    }

    /** Asks the home institution whether a student is still actively enrolled there. */
    std::string get_person(const std::string &request = "{}") const {
        return named(&learnerlink_get_person, request);
    }

    /** Sends a student's result to the home institution. */
    std::string send_results(const std::string &request = "{}") const {
        return named(&learnerlink_send_results, request);
    }

    /** Sends to home institutions what is due, or everything. */
    std::string flush_outbox(const std::string &request = "{}") const {
        return named(&learnerlink_flush_outbox, request);
    }

    /** Says what to do with something that could not be delivered and needs somebody to look at it. */
    std::string resolve_delivery(const std::string &request = "{}") const {
        return named(&learnerlink_resolve_delivery, request);
    }

    /** Asks for the linkage key of a patient, from our own register or a supplier's system. */
    std::string retrieve_linkage_key(const std::string &request = "{}") const {
        return named(&learnerlink_retrieve_linkage_key, request);
    }

    /** Makes a linkage key for a patient who has none in force. */
    std::string create_linkage_key(const std::string &request = "{}") const {
        return named(&learnerlink_create_linkage_key, request);
    }

    /** Asks for the linkage key of a patient, and has one made when there is none. */
    std::string retrieve_or_create_linkage_key(const std::string &request = "{}") const {
        return named(&learnerlink_retrieve_or_create_linkage_key, request);
    }

    /** Revokes a patient's linkage key in our own register; it never becomes valid again. */
    std::string revoke_linkage_key(const std::string &request = "{}") const {
        return named(&learnerlink_revoke_linkage_key, request);
    }

    /** Blocks or unblocks a patient or an organisation in our own register. */
    std::string set_linkage_access(const std::string &request = "{}") const {
        return named(&learnerlink_set_linkage_access, request);
    }

    /** Checks an account id and linkage key that somebody presents against our own register. */
    std::string check_linkage_key(const std::string &request = "{}") const {
        return named(&learnerlink_check_linkage_key, request);
    }

    /** Imports organisations, patients, accounts and linkage keys from a file into our own register. */
    std::string import_register(const std::string &request = "{}") const {
        return named(&learnerlink_import_register, request);
    }

    /** Writes our own register to a file, sealed under a passphrase or without its linkage keys. */
    std::string export_register(const std::string &request = "{}") const {
        return named(&learnerlink_export_register, request);
    }

    /** Adds or changes a provider and its credentials, which are sealed. */
    std::string put_profile(const std::string &request = "{}") const {
        return named(&learnerlink_put_profile, request);
    }

    /** Lists the providers, without their secrets. */
    std::string list_profiles(const std::string &request = "{}") const {
        return named(&learnerlink_list_profiles, request);
    }

    /** Removes a provider and its credentials. */
    std::string remove_profile(const std::string &request = "{}") const {
        return named(&learnerlink_remove_profile, request);
    }

    /** Reads the audit trail. */
    std::string query_audit(const std::string &request = "{}") const {
        return named(&learnerlink_query_audit, request);
    }

    /** Checks that the audit trail is complete and unaltered. */
    std::string verify_audit(const std::string &request = "{}") const {
        return named(&learnerlink_verify_audit, request);
    }

    /** Removes what is older than its retention. */
    std::string purge(const std::string &request = "{}") const {
        return named(&learnerlink_purge, request);
    }

    /** Seals everything anew under a new key. */
    std::string rotate_key(const std::string &request = "{}") const {
        return named(&learnerlink_rotate_key, request);
    }

    /** Starts to serve the interfaces that the configuration's `listener` section describes. */
    std::string start_listener(const std::string &request = "{}") const {
        return named(&learnerlink_start_listener, request);
    }

    /** Stops to serve, letting requests under way end. */
    std::string stop_listener(const std::string &request = "{}") const {
        return named(&learnerlink_stop_listener, request);
    }

    /** Tells whether the plugin can work. */
    std::string health(const std::string &request = "{}") const {
        return named(&learnerlink_health, request);
    }

    /** Starts to run an operation for every row of a file, or checks the rows without running anything. */
    std::string start_batch(const std::string &request = "{}") const {
        return named(&learnerlink_start_batch, request);
    }

    /** Tells how far a batch has come, at once or when it ends. */
    std::string batch_status(const std::string &request = "{}") const {
        return named(&learnerlink_batch_status, request);
    }

    /** Goes on with a batch that has ended early, without repeating a row that is done. */
    std::string resume_batch(const std::string &request = "{}") const {
        return named(&learnerlink_resume_batch, request);
    }

    /** Lists batches, newest first. */
    std::string list_batches(const std::string &request = "{}") const {
        return named(&learnerlink_list_batches, request);
    }

    /** Ends a batch; what is done is kept, and it can be resumed. */
    std::string cancel_batch(const std::string &request = "{}") const {
        return named(&learnerlink_cancel_batch, request);
    }

    // <!-- /generated -->

private:
    using function = learnerlink_status(LEARNERLINK_CALL *)(
        learnerlink_plugin, const char *, learnerlink_text *, learnerlink_error *);

    std::string named(function call, const std::string &request) const {
        learnerlink_text response = 0;
        learnerlink_error problem = 0;
        detail::check(call(plugin_.get(), detail::text(request), &response, &problem), problem);
        return detail::take(response);
    }

    detail::handle begin(const std::string &name, const std::string &request) const {
        learnerlink_op op = 0;
        learnerlink_error problem = 0;
        detail::check(
            learnerlink_start(plugin_.get(), detail::text(name), detail::text(request), &op, &problem), problem);
        return detail::handle(op);
    }

    struct lazy {
        std::mutex mutex;
        std::unique_ptr<detail::events> events;
    };

    // Destroyed in the other order: the plugin, then the thread that waits for its operations.
    std::unique_ptr<lazy> lazy_ = std::make_unique<lazy>();
    detail::handle plugin_;
};

/** The version of the library that was loaded. */
inline std::string version() { return learnerlink_version(); }

/** Whether the library that was loaded serves this header: the same major interface, and at least its minor one. */
inline bool compatible() noexcept {
    const std::uint32_t loaded = learnerlink_abi_version();
    return loaded >> 16 == LEARNERLINK_ABI_MAJOR && loaded >= LEARNERLINK_ABI_VERSION;
}

/** The catalogue of operations and what they ask and answer, as JSON. */
inline std::string describe() {
    learnerlink_text text = 0;
    learnerlink_error problem = 0;
    detail::check(learnerlink_describe(&text, &problem), problem);
    return detail::take(text);
}

} // namespace learnerlink

#endif
