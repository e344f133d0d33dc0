"""The headers and the footer of a marketing mail."""

from compliance.unsubscribe import footer, headers

URL = "https://desk.example.com/u/abc"


def test_both_headers_as_the_rfc_writes_them() -> None:
    assert headers(URL, "jet-abc@in.example.com") == {
        "List-Unsubscribe": f"<{URL}>, <mailto:jet-abc@in.example.com?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def test_the_link_alone_will_do() -> None:
    assert headers(URL)["List-Unsubscribe"] == f"<{URL}>"


def test_no_address_can_add_a_header_or_a_recipient() -> None:
    found = headers(URL, "a@b.example>\r\nBcc: x@y.example?cc=z@y.example")["List-Unsubscribe"]
    assert "\r" not in found
    assert "\n" not in found
    assert found.count("?") == 1


def test_the_footer_says_who_where_and_how_to_stop() -> None:
    lines = footer(
        url=URL, seller="Attaché LLC", postal_address="1 Main St\nMiami, FL 33101", language="es-MX"
    ).splitlines()
    assert lines[1] == "Attaché LLC, 1 Main St, Miami, FL 33101"
    assert lines[2] == f"Si prefiere no recibir más mensajes nuestros, dese de baja aquí: {URL}"


def test_a_language_we_do_not_have_gets_english() -> None:
    assert "unsubscribe here" in footer(url=URL, seller="x", postal_address="y", language="pl")
