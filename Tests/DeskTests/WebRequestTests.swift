import Testing

@testable import Desk

struct WebRequestTests {
    @Test func `paths and queries are decoded`() throws {
        let request = try #require(
            WebRequest(
                method: "GET", target: "/flags/7?place=%E6%BA%AA%E4%B8%9C%E6%9D%91&q=a+b&x",
                headers: [("Cookie", "a=1; minsheng=s")]))
        #expect(request.path == ["flags", "7"])
        #expect(request.query("place") == "溪东村" && request.query("q") == "a b" && request.query("x") == "")
        #expect(request.cookie("minsheng") == "s" && request.cookie("b") == nil)
    }

    @Test(arguments: ["flags", "/%zz", "/%ff%fe", "/x?q=%", "/x?q=%00", "http://other/"])
    func `what can't be decoded is no request`(_ target: String) {
        #expect(WebRequest(method: "GET", target: target) == nil)
    }

    @Test(arguments: ["a b", "村", "a&b=c", "%2F", "..", "\u{0}"])
    func `texts survive an address`(_ text: String) {
        let back = FormText.decoded(FormText.encoded(text), plusIsBlank: true)
        #expect(back == (text == "\u{0}" ? nil : text))
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil", "javascript:x", "", "/a\r\nb"])
    func `nobody is sent off the desk`(_ address: String) {
        #expect(SignInPages.local(address) == "/")
    }

    @Test func `files of a form are found with their bytes`() {
        let body = Array(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\none\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b.txt\"\r\nContent-Type: x\r\n\r\n\r\ntwo\r\n\r\n--b--\r\n"
                .utf8)
        let files = Multipart.files(in: body, boundary: "b")
        #expect(files.map(\.name) == ["a.txt", "b.txt"])
        #expect(files.map { String(decoding: body[$0.range], as: UTF8.self) } == ["one", "\r\ntwo\r\n"])
        #expect(Multipart.files(in: Array("--b\r\n".utf8), boundary: "b").isEmpty)
        #expect(Multipart.boundary(of: "multipart/form-data; boundary=\"xyz\"") == "xyz")
        #expect(Multipart.boundary(of: "text/plain") == nil)
    }
}
