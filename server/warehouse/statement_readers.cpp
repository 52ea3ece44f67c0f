#include "server/warehouse/statement_readers.hpp"

namespace server::warehouse {

statement_readers::statement_readers(const worker_options& how) {
    for (auto& one : all_) one.reader = std::make_unique<worker>(how);
}

std::variant<statement_readers::lease, statement_readers::taken> statement_readers::take(std::uint64_t whose) {
    const std::lock_guard hold(mutex_);
    auto free = count;
    for (std::size_t i = 0; i < count; ++i) {
        if (all_[i].whose == whose) return taken::theirs;
        if (all_[i].whose == 0) free = i;
    }
    if (free == count) return taken::all;
    all_[free].whose = whose;
    return lease(*this, free);
}

void statement_readers::give_back(std::size_t which) {
    const std::lock_guard hold(mutex_);
    all_[which].whose = 0;
}

void statement_readers::stop() {
    for (auto& one : all_) one.reader->stop();
}

}  // namespace server::warehouse
