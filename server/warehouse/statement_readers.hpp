#pragma once
// Readers of the warehouse for what people write in SQL: few, and each for one person at a time, so that nobody who wants a figure or a file
// waits for somebody's statement, and nobody has all of them.

#include "server/warehouse/worker.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <variant>

namespace server::warehouse {

class statement_readers {
public:
    static constexpr std::size_t count = 2;

    explicit statement_readers(const worker_options& how);
    statement_readers(const statement_readers&) = delete;
    statement_readers& operator=(const statement_readers&) = delete;

    /// A reader that is theirs until this goes. It does not outlive where it came from.
    class lease {
    public:
        lease(lease&& from) noexcept : of_(std::exchange(from.of_, nullptr)), which_(from.which_) {}
        lease& operator=(lease&&) = delete;
        ~lease() {
            if (of_) of_->give_back(which_);
        }
        worker& reader() { return *of_->all_[which_].reader; }

    private:
        friend statement_readers;
        lease(statement_readers& of, std::size_t which) : of_(&of), which_(which) {}
        statement_readers* of_;
        std::size_t which_;
    };

    /// Why there is none.
    enum class taken { theirs, all };

    /// Any thread.
    std::variant<lease, taken> take(std::uint64_t whose);

    /// As worker::stop().
    void stop();

private:
    void give_back(std::size_t which);

    struct one {
        std::unique_ptr<worker> reader;
        std::uint64_t whose = 0;  ///< 0: nobody's
    };
    std::mutex mutex_;
    std::array<one, count> all_;
};

}  // namespace server::warehouse
