#pragma once
// What goes wrong, as one kind of exception: the server's own object (RFC 9457), in both languages.

#include "opsroom/json.hpp"
#include "opsroom/words.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace opsroom {

/// A value: it may be copied, kept and thrown again on any thread. `what()` is in the language that was asked in.
class problem : public std::runtime_error {
public:
    struct field {
        std::string pointer;  ///< "/data/due"
        std::string zh;
        std::string en;
    };

    /// Of what the server said. What is no problem object makes `odd_answer`.
    explicit problem(const json& said);

    /// Of this client's own: `status` is 0. Of these there are `unreachable`, `untrusted` (the certificate), `bad_address`,
    /// `bad_certificate_file`, `bad_file`, `bad_text` (not UTF-8), `odd_answer` (with the HTTP status), `closed`.
    problem(std::string code, std::string zh, std::string en, unsigned status = 0);

    const std::string& code() const { return code_; }
    unsigned status() const { return status_; }  ///< of HTTP; 0: no answer
    const std::string& zh() const { return zh_; }
    const std::string& en() const { return en_; }
    const std::string& in(language l) const { return l == language::zh ? zh_ : en_; }
    const std::string& clause() const { return clause_; }                ///< of the rule book; empty: no rule refused it
    std::optional<std::uint64_t> present() const { return present_; }    ///< the version that there is, where another was expected
    const std::vector<field>& fields() const { return fields_; }         ///< which are wrong
    std::vector<std::string> pointers() const;                           ///< of these
    const std::map<std::size_t, problem>& refused() const { return refused_; }  ///< of a transaction's commands, by index
    std::chrono::seconds retry_after() const { return retry_after_; }    ///< until it is worth another try; 0: not said

    /// Whether the same may go through later: the server took nothing.
    bool is_passing() const;

    /// Whether these are the server's words; else the client's own.
    bool by_server() const { return by_server_; }

    /// The whole object, as it can be made into a problem again.
    const json& said() const { return said_; }

private:
    json said_;
    std::string code_;
    std::string zh_;
    std::string en_;
    std::string clause_;
    unsigned status_ = 0;
    bool by_server_ = false;
    std::optional<std::uint64_t> present_;
    std::vector<field> fields_;
    std::map<std::size_t, problem> refused_;
    std::chrono::seconds retry_after_{0};
};

/// A mistake in the program, told before anything is sent: a field that there is not, a feed that is followed otherwise.
class mistake : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// What is no word of this server: a proxy's page, or one of a newer server that this client does not follow.
problem odd_answer(unsigned status, const std::string& what);

}  // namespace opsroom
