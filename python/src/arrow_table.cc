#include "arrow_table.h"

#include <bit>

namespace wirecopy::python {
namespace {

// What an exported struct keeps: its column, and the arrays that the struct
// points to.
template <typename T>
struct Export {
  std::shared_ptr<const Column> root;  // of which it is a part
  std::vector<const void*> buffers;
  std::vector<T> children;
  std::vector<T*> child_pointers;
};

// Consumers may have moved children away, whose callbacks are then null.
template <typename T>
void ReleaseExport(T* exported) {
  auto* const kept = static_cast<Export<T>*>(exported->private_data);
  for (T& child : kept->children) {
    if (child.release != nullptr) child.release(&child);
  }
  exported->release = nullptr;
  delete kept;
}

template <typename T>
Export<T>* NewExport(const std::shared_ptr<const Column>& root,
                     const Column& column,
                     void (*fill)(const std::shared_ptr<const Column>&,
                                  const Column&, T*),
                     T* out) {
  auto* const kept = new Export<T>{root, {}, {}, {}};
  kept->children.resize(column.children().size());
  for (size_t i = 0; i < kept->children.size(); ++i) {
    fill(root, column.children()[i], &kept->children[i]);
    kept->child_pointers.push_back(&kept->children[i]);
  }
  *out = {};
  out->n_children = static_cast<int64_t>(kept->children.size());
  out->children = kept->child_pointers.data();
  out->release = ReleaseExport<T>;
  out->private_data = kept;
  return kept;
}

void FillSchema(const std::shared_ptr<const Column>& root, const Column& column,
                ArrowSchema* out) {
  NewExport<ArrowSchema>(root, column, FillSchema, out);
  out->format = column.format().data();
  out->name = column.name().c_str();
  out->flags = ARROW_FLAG_NULLABLE;
}

void FillArray(const std::shared_ptr<const Column>& root, const Column& column,
               ArrowArray* out) {
  auto* const kept = NewExport<ArrowArray>(root, column, FillArray, out);
  kept->buffers = column.Buffers();
  out->length = static_cast<int64_t>(column.size());
  out->null_count = column.nulls();
  out->n_buffers = static_cast<int64_t>(kept->buffers.size());
  out->buffers = kept->buffers.data();
}

struct StreamState {
  std::shared_ptr<const Column> root;
  bool is_done = false;
};

StreamState& StateOf(ArrowArrayStream* stream) {
  return *static_cast<StreamState*>(stream->private_data);
}

}  // namespace

void Column::Add(double number) { AddNumber(std::bit_cast<uint64_t>(number)); }

double Column::Double(size_t row) const {
  return std::bit_cast<double>(numbers_[row]);
}

void Column::Add(bool value) {
  SetBit(&bits_, size_, value);
  AddValid();
}

void Column::AddNull() {
  if (has_ends()) {
    ends_.push_back(ends_.back());
  } else if (format() == kBoolFormat) {
    SetBit(&bits_, size_, false);
  } else {
    numbers_.push_back(0);
  }
  ++nulls_;
  SetBit(&valid_, size_++, false);
}

void Column::SetBit(std::vector<uint8_t>* bits, size_t at, bool value) {
  if (at / 8 >= bits->size()) bits->push_back(0);
  const int bit = static_cast<int>(value) << (at % 8);
  (*bits)[at / 8] = static_cast<uint8_t>((*bits)[at / 8] | bit);
}

std::vector<const void*> Column::Buffers() const {
  const void* const valid = nulls_ > 0 ? valid_.data() : nullptr;
  if (format() == kStringFormat) return {valid, ends_.data(), bytes_.data()};
  if (format() == kListFormat) return {valid, ends_.data()};
  if (format() == kStructFormat) return {valid};
  if (format() == kBoolFormat) return {valid, bits_.data()};
  return {valid, numbers_.data()};
}

Table::Table(std::vector<Column> columns) {
  auto root = std::make_shared<Column>("", kStructFormat);
  const size_t rows = columns.empty() ? 0 : columns[0].size();
  for (Column& column : columns) root->AdoptChild(std::move(column));
  for (size_t row = 0; row < rows; ++row) root->EndStruct();
  root_ = std::move(root);
}

void Table::ExportSchema(ArrowSchema* schema) const {
  FillSchema(root_, *root_, schema);
}

void Table::ExportStream(ArrowArrayStream* stream) const {
  *stream = {};
  stream->private_data = new StreamState{root_};
  stream->get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    const auto& root = StateOf(self).root;
    FillSchema(root, *root, out);
    return 0;
  };
  stream->get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    StreamState& state = StateOf(self);
    *out = {};
    if (!std::exchange(state.is_done, true)) {
      FillArray(state.root, *state.root, out);
    }
    return 0;
  };
  stream->get_last_error = [](ArrowArrayStream*) -> const char* {
    return nullptr;  // there are none
  };
  stream->release = [](ArrowArrayStream* self) {
    delete &StateOf(self);
    self->release = nullptr;
  };
}

}  // namespace wirecopy::python
