// Issues a QR code, shows it, waits for the learner without blocking the program, and prints what came back.
//
//   g++ -std=c++17 qr_flow.cpp -I../../include -L../../target/debug -llearnerlink -Wl,-rpath,../../target/debug -o qr_flow
//   ./qr_flow '{"sandbox":"http://127.0.0.1:8099"}' 10099901
//
// A real program has a JSON library; this one looks for the one value it needs.

#include <learnerlink.hpp>

#include <iostream>

static std::string value(const std::string &json, const std::string &key) {
    const std::string before = "\"" + key + "\":\"";
    const std::size_t start = json.find(before);
    if (start == std::string::npos) return {};
    const std::size_t from = start + before.size();
    return json.substr(from, json.find('"', from) - from);
}

int main(int count, char **arguments) {
    if (count != 3) {
        std::cerr << "usage: " << arguments[0] << " CONFIG_JSON UKPRN\n";
        return 2;
    }
    try {
        const learnerlink::plugin plugin(arguments[1]);
        const std::string share = plugin.generate_qr(std::string(R"({"ukprn":")") + arguments[2] + "\"}");
        std::cout << share << std::endl; // show "image.dataUri" to the learner

        // The answer comes by itself; meanwhile the program is free, and may cancel.
        const learnerlink::operation waiting = plugin.start(
            "poll_learner_data", R"({"waitMs":300000,"correlationId":")" + value(share, "correlationId") + "\"}");
        while (waiting.wait_for(std::chrono::seconds(1)) == learnerlink::state::running) std::cerr << '.';
        std::cerr << '\n';
        std::cout << waiting.get() << std::endl;
    } catch (const learnerlink::authentication_error &error) {
        std::cerr << "ask your administrator to check the credentials: " << error.what() << '\n';
        return 1;
    } catch (const learnerlink::error &error) {
        std::cerr << error.code() << ": " << error.what() << '\n';
        return 1;
    }
}
