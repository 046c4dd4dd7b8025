/** Event handler attributes that browsers know; a name outside this list needs a value that is code. */
export const EVENT_HANDLERS: ReadonlySet<string> = new Set(
  (
    'onabort onactivate onafterprint onafterscriptexecute onanimationcancel onanimationend onanimationiteration onanimationstart onauxclick ' +
    'onbeforecopy onbeforecut onbeforeinput onbeforematch onbeforepaste onbeforeprint onbeforescriptexecute onbeforetoggle onbeforeunload onbegin onblur onbounce ' +
    'oncancel oncanplay oncanplaythrough onchange onclick onclose oncommand oncontentvisibilityautostatechange oncontextmenu oncopy oncuechange oncut ' +
    'ondataavailable ondatasetchanged ondatasetcomplete ondblclick ondrag ondragend ondragenter ondragexit ondragleave ondragover ondragstart ondrop ondurationchange ' +
    'onemptied onend onended onerror onerrorupdate onfilterchange onfinish onfocus onfocusin onfocusout onformchange onformdata onforminput onfullscreenchange ' +
    'ongesturechange ongesturestart ongotpointercapture onhashchange onhelp oninput oninvalid onkeydown onkeypress onkeyup onlayoutcomplete ' +
    'onload onloadeddata onloadedmetadata onloadend onloadstart onlosecapture onlostpointercapture onmediacomplete onmediaerror onmessage onmessageerror ' +
    'onmousedown onmouseenter onmouseleave onmousemove onmouseout onmouseover onmouseup onmousewheel onmozfullscreenchange onmozfullscreenerror ' +
    'onoffline ononline onoutofsync onpagehide onpagereveal onpageshow onpageswap onpaste onpause onplay onplaying onpointercancel onpointerdown onpointerenter onpointerleave ' +
    'onpointermove onpointerout onpointerover onpointerrawupdate onpointerup onpopstate onprogress onpropertychange onratechange onreadystatechange ' +
    'onrepeat onreset onresize onresume onreverse onrowdelete onrowenter onrowexit onrowinserted onrowsdelete onscroll onscrollend onscrollsnapchange onscrollsnapchanging ' +
    'onsearch onsecuritypolicyviolation onseek onseeked onseeking onselect onselectionchange onselectstart onshow onslotchange onstalled onstart onstop onstorage onsubmit onsuspend onsyncrestored ' +
    'ontimeerror ontimeout ontimeupdate ontoggle ontouchcancel ontouchend ontouchmove ontouchstart ontrackchange ontransitioncancel ontransitionend ontransitionrun ontransitionstart ' +
    'onunhandledrejection onunload onurlflip onvalidationstatuschange onvolumechange onwaiting onwebkitanimationend onwebkitanimationiteration onwebkitanimationstart ' +
    'onwebkitmouseforcechanged onwebkitmouseforcedown onwebkitmouseforceup onwebkitmouseforcewillbegin onwebkitplaybacktargetavailabilitychanged onwebkittransitionend onwheel'
  ).split(' '),
);

/** Elements whose mere opening in someone else's page runs, loads or rewrites something. */
export const ACTIVE_ELEMENTS: ReadonlySet<string> = new Set([
  'script',
  'applet',
  'isindex',
  'vmlframe',
  'listener',
  'handler',
  'xss',
  'noembed',
  'portal',
  'fencedframe',
]);

/** Elements that do so only with one of these attributes; bare, they are words in a text about HTML. */
export const ACTIVE_WITH_ATTRIBUTE: ReadonlyMap<string, readonly string[]> = new Map([
  ['iframe', ['src', 'srcdoc', 'name']],
  ['frame', ['src']],
  ['object', ['data', 'type', 'classid', 'codebase']],
  ['embed', ['src', 'code', 'type']],
  ['base', ['href', 'target']],
  ['meta', ['http-equiv']],
  ['link', ['href']],
  ['form', ['action', 'id']],
  ['import', ['namespace', 'implementation']],
  ['xml', ['src', 'id']],
  ['bgsound', ['src']],
  ['layer', ['src']],
  ['set', ['attributename']],
  ['animate', ['attributename']],
  ['animatetransform', ['attributename']],
  ['use', ['href', 'xlink:href']],
  ['template', ['shadowrootmode']],
]);

/** Attributes whose value a browser may follow as an address. */
export const ADDRESS_ATTRIBUTES: ReadonlySet<string> = new Set(
  'href src action formaction xlink:href data background dynsrc lowsrc poster srcset srcdoc from to values by folder manifest ping code codebase classid content cite longdesc usemap profile url'.split(
    ' ',
  ),
);

/** Functions of a browser that a script break-out calls. */
export const SINK_FUNCTIONS: ReadonlySet<string> = new Set(
  'alert confirm prompt eval fetch import print settimeout setinterval xmlhttprequest atob'.split(
    ' ',
  ),
);

/** Objects of a browser that a script break-out reads, indexes or assigns to. */
export const SINK_OBJECTS: ReadonlySet<string> = new Set(
  'document window self top parent location globalthis navigator'.split(' '),
);
