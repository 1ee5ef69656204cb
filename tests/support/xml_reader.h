// Reads XML 1.0 as strictly as the standard has it, as far as our files need
// it: elements, attributes and text, no comments, sections or declarations.

#ifndef WIRECOPY_TESTS_SUPPORT_XML_READER_H_
#define WIRECOPY_TESTS_SUPPORT_XML_READER_H_

#include <cctype>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/characters.h"

namespace wirecopy::oracle {

struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  // what stands between its children, too
  std::vector<XmlElement> children;
};

class XmlReader {
 public:
  explicit XmlReader(std::string_view xml) : xml_(xml) {}

  // The root; nothing where the file is not well formed.
  std::optional<XmlElement> Read() {
    XmlElement root;
    if (!Take("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")) return {};
    if (!Element(&root)) return {};
    Take("\n");
    if (at_ != xml_.size()) return {};
    return root;
  }

 private:
  static bool IsLegal(char32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
  }
  bool Take(std::string_view token) {
    if (!xml_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  void Spaces() {
    while (Take(" ") || Take("\n")) {
    }
  }
  std::string Name() {
    const size_t begin = at_;
    while (at_ < xml_.size() &&
           (std::isalnum(static_cast<unsigned char>(xml_[at_])) != 0 ||
            std::string_view("._:-").find(xml_[at_]) != std::string::npos)) {
      ++at_;
    }
    return std::string(xml_.substr(begin, at_ - begin));
  }

  // One character of text, which may be escaped; false where it is illegal.
  bool Character(std::string* out) {
    static const std::map<std::string_view, char> entities = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    if (xml_[at_] != '&') {
      const auto c = CharacterAt(xml_, at_);
      if (c.code_point == 0xFFFD && c.length != 3) return false;  // no UTF-8
      if (!IsLegal(c.code_point) || c.code_point == '<') return false;
      // Readers make a line feed of it.
      if (c.code_point == '\r') return false;
      out->append(xml_.substr(at_, c.length));
      at_ += c.length;
      return true;
    }
    const size_t end = xml_.find(';', at_);
    if (end == std::string_view::npos) return false;
    const std::string_view name = xml_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (name.starts_with('#')) {
      const auto c = static_cast<char32_t>(
          std::strtoul(std::string(name.substr(1)).c_str(), nullptr, 10));
      AppendCharacter(c, out);
      return IsLegal(c);
    }
    const auto entity = entities.find(name);
    if (entity == entities.end()) return false;
    *out += entity->second;
    return true;
  }

  bool Attributes(XmlElement* element) {
    for (Spaces(); at_ < xml_.size() && xml_[at_] != '>' && xml_[at_] != '/';
         Spaces()) {
      const std::string name = Name();
      if (name.empty() || !Take("=\"")) return false;
      std::string value;
      while (at_ < xml_.size() && xml_[at_] != '"') {
        if (!Character(&value)) return false;
      }
      if (!Take("\"")) return false;
      if (!element->attributes.try_emplace(name, value).second) return false;
    }
    return true;
  }

  bool Element(XmlElement* element) {
    if (!Take("<")) return false;
    element->name = Name();
    if (element->name.empty() || !Attributes(element)) return false;
    if (Take("/>")) return true;
    if (!Take(">")) return false;
    while (at_ < xml_.size() && !xml_.substr(at_).starts_with("</")) {
      if (xml_[at_] == '<') {
        element->children.emplace_back();
        if (!Element(&element->children.back())) return false;
      } else if (xml_.substr(at_).starts_with("]]>") ||
                 !Character(&element->text)) {
        return false;
      }
    }
    return Take("</" + element->name + ">");
  }

  std::string_view xml_;
  size_t at_ = 0;
};

inline std::optional<XmlElement> ReadXml(std::string_view xml) {
  return XmlReader(xml).Read();
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_XML_READER_H_
