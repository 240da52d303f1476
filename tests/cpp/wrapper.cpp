// The C++ wrapper against a sandbox, whose address is the argument: owners, exceptions, futures.

#include "learnerlink.hpp"

#include <set>
#include <type_traits>
#include <vector>

#include "../c/check.h"

using namespace std::chrono_literals;

static_assert(!std::is_copy_constructible_v<learnerlink::plugin> && !std::is_copy_assignable_v<learnerlink::plugin>);
static_assert(std::is_nothrow_move_constructible_v<learnerlink::plugin>);
static_assert(!std::is_copy_constructible_v<learnerlink::operation>);
static_assert(std::is_nothrow_move_constructible_v<learnerlink::operation>);
static_assert(std::is_base_of_v<learnerlink::remote_error, learnerlink::authentication_error>);

static std::string config;
static std::string sandbox;

static std::string text_of(const std::string &json, const char *key) {
  char *found = member(json.c_str(), key);
  std::string copy(found);
  free(found);
  return copy;
}

/* The error of a kind that something must throw. */
template <class Error, class Call> static Error thrown(Call call) {
  try {
    call();
  } catch (const Error &error) {
    return error;
  }
  fprintf(stderr, "nothing was thrown\n");
  exit(1);
}

static std::string hung(const learnerlink::plugin &plugin) {
  return R"({"waitMs":60000,"correlationId":")" +
         text_of(plugin.generate_qr(R"({"ukprn":"10099901"})"), "correlationId") + "\"}";
}

static void a_record_is_shared_by_qr_code() {
  const learnerlink::plugin plugin(config);
  const std::string id = text_of(plugin.generate_qr(R"({"ukprn":"10099901"})"), "correlationId");
  std::future<std::string> answer =
      plugin.async("poll_learner_data", R"({"waitMs":60000,"correlationId":")" + id + "\"}");
  CHECK(answer.wait_for(0s) == std::future_status::timeout);
  post(sandbox.c_str(), ("shares/" + id + "/approve").c_str(), R"({"uln":"5123456782"})");
  const std::string shared = answer.get();
  CHECK(text_of(shared, "outcome") == "shared" && text_of(shared, "uln") == "5123456782");
  CHECK(text_of(plugin.call("health"), "outcome") == "ok" && text_of(plugin.health(), "outcome") == "ok");
}

static void errors_are_exceptions_that_carry_the_error_object() {
  const learnerlink::plugin plugin(config);
  const auto wrong = thrown<learnerlink::input_error>([&] { plugin.generate_qr(R"({"ukprn":"1"})"); });
  CHECK(wrong.status() == LEARNERLINK_STATUS_INVALID_INPUT && wrong.code() == "INVALID_INPUT");
  CHECK(text_of(wrong.json(), "field") == "ukprn" && text_of(wrong.json(), "operation") == "generate_qr");
  CHECK(wrong.what() == text_of(wrong.json(), "message"));
  plugin.put_profile(
      R"({"ukprn":"10099902","displayName":"Southmoor","vera":{"clientId":"cid-b","clientSecret":"wrong"}})");
  const auto refused =
      thrown<learnerlink::authentication_error>([&] { plugin.generate_qr(R"({"ukprn":"10099902"})"); });
  CHECK(refused.code() == "BAD_CREDENTIAL" && refused.status() == LEARNERLINK_STATUS_BAD_CREDENTIAL);
  CHECK(thrown<learnerlink::usage_error>([&] { plugin.call("no_such_operation"); }).code() == "UNKNOWN_OPERATION");
  CHECK(thrown<learnerlink::usage_error>([&] { plugin.health("\xff"); }).code() == "INVALID_UTF8");
  CHECK(thrown<learnerlink::input_error>([&] { learnerlink::plugin("{"); }).code() == "INVALID_JSON");
  thrown<std::invalid_argument>([&] { plugin.health(std::string("{}\0", 3)); });
  CHECK(plugin.async("generate_qr", R"({"ukprn":"10099901"})").get().find("\"issued\"") != std::string::npos);
}

static void a_message_with_quotes_and_other_scripts_comes_whole() {
  // The wrapper reads two texts of the error object itself.
  const std::string json = R"({"status":1,"details":{"code":"X","message":["code"]},"operation":"code",)"
                           "\"code\":\"Y\",\"message\":\"say \\\"yes\\\" to Zo\xc3\xab \\\\o/\"}";
  CHECK(learnerlink::detail::member(json, "code") == "Y");
  CHECK(learnerlink::detail::member(json, "message") == "say \"yes\" to Zo\xc3\xab \\o/");
  CHECK(learnerlink::detail::member(json, "status").empty() && learnerlink::detail::member(json, "none").empty());
  CHECK(learnerlink::detail::member("{\"message\":\"cut", "message") == "cut");
}

static void an_operation_can_be_watched_and_cancelled() {
  const learnerlink::plugin plugin(config);
  const learnerlink::operation waiting = plugin.start("poll_learner_data", hung(plugin));
  CHECK(waiting.poll() == learnerlink::state::running && waiting.wait_for(0ms) == learnerlink::state::running);
  CHECK(text_of(waiting.progress(), "operation") == "poll_learner_data");
  waiting.cancel();
  CHECK(waiting.wait_for(24h * 365 * 100) == learnerlink::state::cancelled);
  CHECK(thrown<learnerlink::cancelled_error>([&] { waiting.get(); }).code() == "CANCELLED");
  const learnerlink::operation quick = plugin.start("health");
  CHECK(text_of(quick.get(), "outcome") == "ok" && quick.poll() == learnerlink::state::done);
  quick.cancel();
  CHECK(text_of(quick.get(), "outcome") == "ok");
}

static void closing_a_plugin_ends_its_futures() {
  std::vector<std::future<std::string>> answers;
  {
    learnerlink::plugin first(config);
    learnerlink::plugin plugin(std::move(first));
    thrown<learnerlink::usage_error>([&] { first.async("health"); });
    const std::string request = hung(plugin);
    for (int turn = 0; turn < 200; turn++) answers.push_back(plugin.async("poll_learner_data", request));
  }
  for (auto &answer : answers) thrown<learnerlink::closed_error>([&] { answer.get(); });
  learnerlink::plugin plugin(config);
  plugin.close();
  plugin.close();
  thrown<learnerlink::usage_error>([&] { plugin.health(); });
  plugin = learnerlink::plugin(config);
  CHECK(text_of(plugin.health(), "outcome") == "ok");
}

static void threads_share_a_plugin() {
  const learnerlink::plugin plugin(config);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; thread++) {
    threads.emplace_back([&plugin] {
      std::vector<std::future<std::string>> answers;
      for (int turn = 0; turn < 50; turn++) answers.push_back(plugin.async("health"));
      for (auto &answer : answers) CHECK(text_of(answer.get(), "outcome") == "ok");
    });
  }
  for (auto &thread : threads) thread.join();
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  sandbox = arguments[1];
  config = "{\"sandbox\":\"" + sandbox + "\"}";
  CHECK(learnerlink::compatible() && learnerlink::version() == LEARNERLINK_VERSION);
  CHECK(learnerlink::describe().find("\"generate_qr\"") != std::string::npos);
  a_record_is_shared_by_qr_code();
  errors_are_exceptions_that_carry_the_error_object();
  a_message_with_quotes_and_other_scripts_comes_whole();
  an_operation_can_be_watched_and_cancelled();
  closing_a_plugin_ends_its_futures();
  threads_share_a_plugin();
  CHECK(live_handles() == 0);
  await_threads(1);
  puts("wrapper: owners, exceptions and futures behave");
  return 0;
}
