#pragma once
// The figures. Each prints its own lines, stops by itself and removes what it made, but for the long logs that
// replay and start share, and pages goes through. `folder` has to be on the disk that is meant, not on a tmpfs.

#include <filesystem>

namespace bench {

void append(const std::filesystem::path& folder);
void command(const std::filesystem::path& folder);
void ack(const std::filesystem::path& folder);
void replay(const std::filesystem::path& folder);
void start(const std::filesystem::path& folder);
void idle(const std::filesystem::path& folder);
void reads(const std::filesystem::path& folder);
void page(const std::filesystem::path& folder);
void pages(const std::filesystem::path& folder);
void demo(const std::filesystem::path& folder);
void fanout(const std::filesystem::path& folder);
void storm(const std::filesystem::path& folder);
void attack(const std::filesystem::path& folder);
void backup(const std::filesystem::path& folder);
void search(const std::filesystem::path& folder);
void nab(const std::filesystem::path& folder);

}  // namespace bench
