#include "io/temporary_files.h"

#include <unistd.h>

#include <atomic>
#include <cstring>

namespace wirecopy {

// A list that only grows, so that a handler may walk it at any time: a name
// that is done with leaves its node to another.
struct TemporaryName::Node {
  std::atomic<bool> is_taken{true};
  std::atomic<const char*> path{nullptr};
  Node* next = nullptr;
};

namespace {

template <typename Node>
std::atomic<Node*>& Head() {
  static std::atomic<Node*> head{nullptr};
  return head;
}

const char* Copy(const std::string& path) {
  char* const copy = new char[path.size() + 1];
  std::memcpy(copy, path.c_str(), path.size() + 1);
  return copy;
}

}  // namespace

TemporaryName::TemporaryName(const std::string& path) : node_(nullptr) {
  const char* const copy = Copy(path);
  for (Node* node = Head<Node>().load(); node != nullptr; node = node->next) {
    bool free = false;
    if (!node->is_taken.compare_exchange_strong(free, true)) continue;
    node_ = node;
    break;
  }
  if (node_ == nullptr) {
    node_ = new Node;
    node_->next = Head<Node>().load();
    while (!Head<Node>().compare_exchange_weak(node_->next, node_)) {
    }
  }
  node_->path.store(copy);
}

TemporaryName::~TemporaryName() {
  delete[] node_->path.exchange(nullptr);
  node_->is_taken.store(false);
}

void RemoveTemporaryFiles() {
  using Node = TemporaryName::Node;
  const auto are_removed = [](int (*remove)(const char*)) {
    bool is_any = false;
    for (Node* node = Head<Node>().load(); node != nullptr; node = node->next) {
      const char* const path = node->path.load();
      if (path != nullptr && remove(path) == 0) is_any = true;
    }
    return is_any;
  };
  are_removed(unlink);
  // One folder may be in another.
  while (are_removed(rmdir)) {
  }
}

}  // namespace wirecopy
