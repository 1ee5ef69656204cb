// Arrow in and out: PyCapsules around the C structs (Apache Arrow, "The Arrow
// PyCapsule Interface").

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bindings.h"
#include "spooled_records.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

template <typename T>
T* FromCapsule(nb::handle capsule, const char* name) {
  void* const pointer = PyCapsule_GetPointer(capsule.ptr(), name);
  if (pointer == nullptr) throw nb::python_error();
  return static_cast<T*>(pointer);
}

template <typename T>
void FreeCapsule(PyObject* capsule) {
  void* const pointer =
      PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule));
  auto* const held = static_cast<T*>(pointer);
  if (held->release != nullptr) held->release(held);
  delete held;
}

template <typename T>
nb::object NewCapsule(T* held, const char* name) {
  PyObject* const capsule = PyCapsule_New(held, name, FreeCapsule<T>);
  if (capsule == nullptr) {
    held->release(held);
    delete held;
    throw nb::python_error();
  }
  return nb::steal(capsule);
}

// A stream's capsule, or the tuple of a schema's and an array's.
ArrowInput TakeInput(nb::handle from) {
  if (nb::isinstance<nb::tuple>(from)) {
    return Take(
        ArrowInput::FromArray(FromCapsule<ArrowSchema>(from[0], "arrow_schema"),
                              FromCapsule<ArrowArray>(from[1], "arrow_array")));
  }
  auto* const stream =
      FromCapsule<ArrowArrayStream>(from, "arrow_array_stream");
  return Take(Unlocked([&] { return ArrowInput::FromStream(stream); }));
}

Corpus CorpusOf(std::shared_ptr<const Records> records) {
  Corpus corpus;
  corpus.source = NewRecordsSource(records);
  corpus.columns = &records->columns();
  corpus.records = std::move(records);
  return corpus;
}

Corpus ReadArrow(nb::handle from, const RecordFields& fields) {
  ArrowInput input = TakeInput(from);
  return CorpusOf(
      Take(Unlocked([&] { return Records::Read(std::move(input), fields); })));
}

Corpus SpoolArrow(nb::handle from, const RecordFields& fields, int file) {
  auto spooled = Take(SpooledRecords::Open(TakeInput(from), fields, file));
  Corpus corpus;
  corpus.columns = &spooled->columns();
  corpus.source = std::move(spooled);
  return corpus;
}

// As many bytes as there are at least; of what is no text, none.
size_t CountCharacters(const nb::list& texts) {
  size_t count = 0;
  for (const nb::handle text : texts) {
    if (!PyUnicode_Check(text.ptr())) continue;
    count += static_cast<size_t>(PyUnicode_GetLength(text.ptr()));
  }
  return count;
}

// `where` says of which text, where it has no UTF-8.
template <typename Where>
nb::bytes ToUtf8(nb::handle text, const Where& where) {
  nb::object utf8 = nb::steal(PyUnicode_AsUTF8String(text.ptr()));
  if (utf8.is_valid()) return nb::borrow<nb::bytes>(utf8);
  if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) == 0) {
    throw nb::python_error();
  }
  PyErr_Clear();
  throw nb::value_error(
      (where() + " has a lone surrogate, which UTF-8 cannot hold").c_str());
}

// The bytes of a list of str, which this copies: nobody may change the list
// while work goes on without Python's lock.
Corpus ReadList(const nb::list& texts) {
  std::string bytes;
  std::vector<size_t> ends;
  ends.reserve(texts.size());
  bytes.reserve(CountCharacters(texts));
  for (size_t i = 0; i < texts.size(); ++i) {
    const nb::object text = texts[i];
    if (!PyUnicode_Check(text.ptr())) {
      const std::string type = nb::cast<std::string>(
          nb::handle(reinterpret_cast<PyObject*>(Py_TYPE(text.ptr())))
              .attr("__name__"));
      throw nb::type_error(
          ("text " + std::to_string(i) + " is of type " + type + ", not str")
              .c_str());
    }
    const nb::bytes utf8 =
        ToUtf8(text, [i] { return "text " + std::to_string(i); });
    bytes.append(utf8.c_str(), utf8.size());
    ends.push_back(bytes.size());
  }
  return CorpusOf(Take(Records::FromBytes(std::move(bytes), ends)));
}

// A column of a list of str, or of int, and None: a copy.
Column NewColumn(const std::string& name, const nb::list& values) {
  bool is_string = true;
  bool is_unsigned = false;
  for (const nb::handle value : values) {
    if (value.is_none()) continue;
    is_string = PyUnicode_Check(value.ptr());
    if (is_string) break;
    is_unsigned = is_unsigned || value > nb::int_(INT64_MAX);
  }
  const char* const numbers = is_unsigned ? kUnsignedFormat : kSignedFormat;
  Column column(name, is_string ? kStringFormat : numbers);
  size_t row = 0;
  const auto where = [&] {
    return "row " + std::to_string(row) + " of column '" + name + "'";
  };
  for (const nb::handle value : values) {
    if (value.is_none()) {
      column.AddNull();
    } else if (is_string) {
      const nb::bytes utf8 = ToUtf8(value, where);
      column.Add(std::string_view(utf8.c_str(), utf8.size()));
    } else if (is_unsigned) {
      column.AddNumber(nb::cast<uint64_t>(value));
    } else {
      column.AddNumber(static_cast<uint64_t>(nb::cast<int64_t>(value)));
    }
    ++row;
  }
  return column;
}

Table NewTable(const std::vector<std::string>& names,
               const std::vector<nb::list>& columns) {
  std::vector<Column> made;
  for (size_t i = 0; i < std::min(names.size(), columns.size()); ++i) {
    made.push_back(NewColumn(names[i], columns[i]));
  }
  return Table(std::move(made));
}

// A value of a column as Python has it.
nb::object Value(const Column& column, size_t row) {
  if (column.IsNull(row)) return nb::none();
  const std::string_view format = column.format();
  if (format == kBoolFormat) return nb::bool_(column.Bool(row));
  if (format == kDoubleFormat) return nb::float_(column.Double(row));
  if (format == kUnsignedFormat) return nb::int_(column.Number(row));
  if (format == kSignedFormat) {
    return nb::int_(static_cast<int64_t>(column.Number(row)));
  }
  if (format == kStringFormat) {
    const std::string_view text = column.Text(row);
    return nb::steal(PyUnicode_DecodeUTF8(
        text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
  }
  if (format == kListFormat) {
    nb::list list;
    const auto [begin, end] = column.Range(row);
    for (size_t i = begin; i < end; ++i) {
      list.append(Value(column.children()[0], i));
    }
    return list;
  }
  nb::dict fields;
  for (const Column& child : column.children()) {
    fields[child.name().c_str()] = Value(child, row);
  }
  return fields;
}

nb::list Rows(const Table& table) {
  nb::list rows;
  for (size_t row = 0; row < table.rows(); ++row) {
    nb::dict fields;
    for (const Column& column : table.columns()) {
      fields[column.name().c_str()] = Value(column, row);
    }
    rows.append(fields);
  }
  return rows;
}

std::vector<std::string> Names(const Table& table) {
  std::vector<std::string> names;
  names.reserve(table.columns().size());
  for (const Column& column : table.columns()) names.push_back(column.name());
  return names;
}

std::string Shown(const Table& table) {
  std::string names;
  for (const Column& column : table.columns()) {
    names += (names.empty() ? "" : ", ") + column.name();
  }
  return "Table of " + std::to_string(table.rows()) + " rows: " + names;
}

nb::object ExportStream(const Table& table, nb::handle /*requested_schema*/) {
  auto* const stream = new ArrowArrayStream;
  table.ExportStream(stream);
  return NewCapsule(stream, "arrow_array_stream");
}

nb::object ExportSchema(const Table& table) {
  auto* const schema = new ArrowSchema;
  table.ExportSchema(schema);
  return NewCapsule(schema, "arrow_schema");
}

void BindTable(nb::module_* module) {
  nb::class_<Table>(
      *module, "Table",
      "A table of results. Arrow: pyarrow.table(t), polars.DataFrame(t),\n"
      "duckdb.from_arrow(pyarrow.table(t)) take it without a copy.")
      .def("__arrow_c_stream__", ExportStream,
           "requested_schema"_a = nb::none())
      .def("__arrow_c_schema__", ExportSchema)
      .def("__repr__", Shown)
      .def("__len__", &Table::rows, "The number of rows.")
      .def_prop_ro("column_names", Names)
      .def("to_pylist", Rows, "A list of a dict a row.");
}

void NewFields(RecordFields* self, std::string text, std::string id,
               std::string published, std::string publisher, std::string title,
               std::string url, std::string canonical, std::string is_based_on,
               std::vector<std::string> optional, bool nulls_are_empty) {
  new (self) RecordFields{
      std::move(text),      std::move(id),
      std::move(published), std::move(publisher),
      std::move(title),     std::move(url),
      std::move(canonical), std::move(is_based_on),
      std::move(optional),  nulls_are_empty ? Nulls::kEmpty : Nulls::kError};
}

void BindFields(nb::module_* module) {
  nb::class_<RecordFields>(*module, "Fields",
                           "Names of columns; an empty one: there is none.")
      .def("__init__", NewFields, nb::kw_only(), "text"_a, "id"_a = "",
           "published"_a = "", "publisher"_a = "", "title"_a = "", "url"_a = "",
           "canonical"_a = "", "is_based_on"_a = "",
           "optional"_a = std::vector<std::string>(),
           "nulls_are_empty"_a = false);
}

}  // namespace

void BindArrow(nb::module_* module) {
  BindTable(module);
  BindFields(module);
  nb::class_<Corpus>(*module, "Corpus", "Documents, with their texts.")
      .def("__len__",
           [](const Corpus& corpus) { return corpus.source->size(); })
      .def_prop_ro("unreadable_dates", [](const Corpus& corpus) {
        return corpus.columns->dates().unreadable();
      });
  module->def("read_arrow", ReadArrow, "capsules"_a, "fields"_a,
              "Documents of an Arrow stream, or of (schema, array), in place.");
  module->def("spool_arrow", SpoolArrow, "capsule"_a, "fields"_a, "file"_a,
              "Documents of an Arrow stream, whose texts go to an open file.");
  module->def("new_table", NewTable, "names"_a, "columns"_a,
              "A table of lists of one length, each of str or of int, and\n"
              "None.");
  module->def("read_list", ReadList, "texts"_a, "Documents of a list of str.");
}

}  // namespace wirecopy::python
