#pragma once
// Commands that are kept until the server is there: in an SQLite file, sent in their order, each exactly once.
//
// Each is kept with its id before it is sent, and let go once it is answered. Cut off in between it is sent again under that id,
// which the server answers as it did the first time.

#include "opsroom/wire.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace opsroom {

/// Made by room::outbox, whose end closes it. Any thread; a thread of its own sends. One program at a time sends from a file.
/// Throws `problem` (bad_file) where the file can't be used.
class outbox {
public:
    outbox(const std::filesystem::path& file, std::shared_ptr<wire> over);
    ~outbox();
    outbox(outbox&&) noexcept;
    outbox& operator=(outbox&&) noexcept;

    /// Kept on the disk once this returns, whether or not the server is there. Answers its id.
    std::string put(command c);

    /// Ids of what is not sent yet, in its order.
    std::vector<std::string> waiting() const;
    /// What the server refused, until `forget`: what came after it went on.
    std::vector<std::pair<std::string, problem>> refused() const;
    /// What was put under this id, while it waits or is refused.
    std::optional<command> said(const std::string& id) const;
    void forget(const std::string& id);

    /// Once all of it is answered, however long the server is away. Throws `problem` where the login has ended, or it is closed.
    void flush();
    /// Sends again after the login had ended.
    void start();
    /// Why nothing goes out by itself any more: the login has ended.
    std::optional<problem> stopped() const;

    /// What is not sent stays in the file. Waits for the answer to what is under way, for a minute at most.
    void close();

private:
    friend class room;
    struct impl;
    static void close(impl& one);
    std::shared_ptr<impl> impl_;
};

}  // namespace opsroom
