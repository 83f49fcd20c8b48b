#!/usr/bin/env python3
"""Writes Sources/ChineseText/TraditionalTable+Generated.swift from OpenCC's character table (PyPI: opencc, Apache-2.0).

Characters that GB 2312 has are legal in simplified text and stay as they are (乾隆, 俱乐部, 摔跤, 狼藉, 著名), but for the few in
KEEP, whose other reading is so rare that folding it harms no matching.
"""
import sys
import opencc

KEEP = {"於": "于", "徵": "征", "後": "后", "夥": "伙", "麽": "么"}


def simplified(character, converter):
    try:
        character.encode("gb2312")
        return KEEP.get(character)
    except UnicodeEncodeError:
        other = converter.convert(character)
        return other if len(other) == 1 and other != character and ord(other) < 0x10000 else None


def main(path):
    converter = opencc.OpenCC("t2s")
    pairs = []
    for point in [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00)]:
        other = simplified(chr(point), converter)
        if other:
            pairs.append(chr(point) + other)
    lines = ["".join(pairs[i:i + 45]) for i in range(0, len(pairs), 45)]
    with open(path, "w", encoding="utf-8") as out:
        out.write("// Made by Scripts/make-traditional-table.py from OpenCC's TSCharacters (Apache-2.0, see NOTICE). Do not edit.\n\n")
        out.write("extension TraditionalTable {\n")
        out.write("    /// Pairs of a traditional character and its simplified form, one after the other.\n")
        out.write('    static let pairs = """\n')
        for line in lines:
            out.write("        " + line + "\n")
        out.write('        """\n}\n')
    print(len(pairs), "pairs")


if __name__ == "__main__":
    main(sys.argv[1])
