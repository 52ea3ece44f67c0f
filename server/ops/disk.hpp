#pragma once
// Whether the disk takes more. Before it is full nothing new is taken, so that what was taken can be finished: RocksDB has
// memory to write out and files to put together, SQLite its sessions, a stop its snapshot.
//
// Of the space that is set aside half is left free and half is a file, `reserve`: where others fill the disk to its last
// byte it is given up, and made again once there is room.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>

namespace server::ops {

class disk {
public:
    /// Sets aside `bytes`, or a twentieth of the disk that `folder` is on where that is less. Where the disk is full now the
    /// reserve is given up at once, so that there is room to start.
    disk(std::filesystem::path folder, std::uint64_t bytes);

    /// Any thread, any time: it is looked at a hundred times a second at most. Full at less than half of what is set aside;
    /// no longer full at three quarters.
    bool has_room();

    /// Room for so many more, and what is set aside.
    bool has_room_for(std::uint64_t bytes);

    /// Once a second, on one thread: keeps the reserve. May take a moment.
    void look_after();

    std::uint64_t free_bytes() const { return free_.load(std::memory_order_relaxed); }
    bool full() const { return full_.load(std::memory_order_relaxed); }

private:
    void look();

    std::filesystem::path folder_;
    std::uint64_t aside_ = 0;
    std::atomic<std::uint64_t> free_{0};
    std::atomic<std::int64_t> looked_{0};  ///< steady clock, in ms
    std::atomic<bool> full_{false};
    std::mutex reserve_;
};

}  // namespace server::ops
