import Crypto
import Foundation

/// The desk's one style sheet.
enum StyleSheet {
    /// Changes with the text, so that browsers may keep it for ever.
    static let version = digest(of: text)

    static func digest(of text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).prefix(6).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    static let text = #"""
        :root{--ink:#1d2633;--soft:#56616f;--line:#d9dde3;--paper:#f4f5f7;--card:#fff;--brand:#a61b1b;--brand-dark:#7f1212;--link:#174ea6;--mark:#ffe9a8;--mark-line:#b97a00;--yellow:#fff3cd;--yellow-ink:#6b4700;--red:#fde4e1;--red-ink:#8f1a10;--green:#e0f2e6;--green-ink:#17562f;--blue:#e5edfb;--blue-ink:#173f82;--shadow:0 1px 2px rgba(29,38,51,.06),0 2px 8px rgba(29,38,51,.05)}
        *,*::before,*::after{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-padding-top:5rem}
        body{margin:0;color:var(--ink);background:var(--paper);font:16px/1.65 "PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",system-ui,sans-serif;overflow-wrap:anywhere;text-rendering:optimizeLegibility}
        :lang(en){line-height:1.5}
        h1,h2{line-height:1.35;font-weight:650;margin:0 0 .6rem}h1{font-size:1.5rem}h2{font-size:1.05rem}
        p{margin:0 0 .7rem}ul,ol{margin:0;padding:0 0 0 1.2rem}
        a{color:var(--link);text-underline-offset:.2em;text-decoration-thickness:1px}a:hover{text-decoration-thickness:2px}
        :focus-visible{outline:3px solid #1a6ff0;outline-offset:2px;border-radius:4px}
        main:focus{outline:none}
        code{font:.9em/1.4 ui-monospace,"Cascadia Mono","DejaVu Sans Mono",monospace;background:#eef0f3;border-radius:4px;padding:.05em .35em}
        code.secret{display:block;padding:.8rem;font-size:1rem;user-select:all}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .skip{position:absolute;left:-99rem;top:0;background:#fff;padding:.6rem 1rem;z-index:9}.skip:focus{left:0}
        .dim,.meta,.small{color:var(--soft)}.small{font-size:.875rem;line-height:1.55}.meta{font-size:.9rem;margin:.35rem 0 0}
        .push{flex:1}.grow{flex:1 1 16rem}
        .top{display:flex;align-items:center;gap:.5rem 1.4rem;padding:.45rem 1.4rem;background:#fff;border-bottom:1px solid var(--line);position:sticky;top:0;z-index:5;flex-wrap:wrap}
        .brand{display:flex;align-items:center;gap:.55rem;font-weight:700;font-size:1.15rem;letter-spacing:.08em;color:var(--ink);text-decoration:none}
        .mark rect{fill:var(--brand)}.mark path{fill:none;stroke:#fff;stroke-width:2.6}
        .top nav{flex:1 1 auto;min-width:0}.top nav ul{display:flex;gap:.15rem;list-style:none;padding:0;overflow-x:auto}
        .top nav a{display:block;padding:.4rem .75rem;border-radius:7px;color:var(--ink);text-decoration:none;white-space:nowrap}
        .top nav a:hover{background:#eef0f3}.top nav a[aria-current]{background:#f8e9e8;color:var(--brand-dark);font-weight:650}
        .who{display:flex;align-items:center;gap:.4rem .9rem;font-size:.9rem;margin-left:auto}.who form{display:flex}.person{color:var(--ink);text-decoration:none;line-height:1.3;text-align:right}.person b{display:block}.person span{color:var(--soft);font-size:.8rem}
        .page{max-width:76rem;margin:0 auto;padding:1.3rem 1.4rem 3rem}.page.narrow{max-width:46rem}.page.wide{max-width:84rem}
        .foot{max-width:76rem;margin:0 auto;padding:.5rem 1.4rem 2rem;color:var(--soft);font-size:.85rem}.page.wide+.foot{max-width:84rem}.page.narrow+.foot{max-width:46rem}.notice.quiet{background:#eef0f3;color:var(--ink)}.inline{flex-direction:row;align-items:center;gap:.6rem;white-space:nowrap}.inline select{width:auto}
        .card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.1rem 1.3rem;margin:0 0 1rem;box-shadow:var(--shadow)}
        .card.flat{box-shadow:none}.card.warn{border-left:5px solid #d08700}.card>:last-child{margin-bottom:0}
        .card.empty{text-align:center;padding:2.6rem 1.3rem}.signin{margin-top:8vh}.lead{font-size:1.02rem}
        .notice{display:flex;flex-wrap:wrap;gap:.3rem .9rem;align-items:center;background:var(--green);color:var(--green-ink);border-radius:10px;padding:.6rem 1rem;margin:0 0 1rem}
        .notice.bad{background:var(--red);color:var(--red-ink)}.notice a{color:inherit;font-weight:650}.notice form{display:inline}
        button,.button{display:inline-flex;align-items:center;gap:.4rem;font:inherit;line-height:1.4;min-height:2.5rem;padding:.4rem .95rem;border:1px solid #b9c0ca;border-radius:8px;background:#fff;color:var(--ink);cursor:pointer;text-decoration:none;white-space:nowrap}
        button:hover,.button:hover{border-color:#7c8794;background:#f8f9fa}
        .first{background:var(--brand);border-color:var(--brand);color:#fff;font-weight:600}.first:hover{background:var(--brand-dark);border-color:var(--brand-dark)}
        button.wide{width:100%;justify-content:center;min-height:3rem;font-size:1.05rem}
        button.plain{border:0;background:none;padding:.2rem .4rem;min-height:1.9rem;color:var(--link);text-decoration:underline;text-underline-offset:.2em}.notice button.plain{color:inherit;font-weight:650}
        button.small{min-height:2rem;padding:.15rem .7rem;font-size:.9rem}
        kbd{font:600 .78em/1 ui-monospace,"DejaVu Sans Mono",monospace;border:1px solid currentColor;border-radius:4px;padding:.16em .4em;opacity:.85}
        label{display:flex;flex-direction:column;gap:.2rem;font-size:.9rem;color:var(--ink);font-weight:550}
        input,select,textarea{font:inherit;font-size:1rem;color:var(--ink);background:#fff;border:1px solid #8d97a5;border-radius:8px;padding:.42rem .6rem;width:100%;min-width:0;min-height:2.5rem}
        input:not([type=radio],[type=checkbox]),select{height:2.6rem}input[type=file]{height:auto}
        input[type=radio],input[type=checkbox]{width:1.15rem;height:1.15rem;min-height:0;accent-color:var(--brand);margin:0;flex:none}
        textarea{line-height:1.6;resize:vertical}
        .stack{display:flex;flex-direction:column;gap:.85rem;align-items:stretch}.stack>button{align-self:flex-start}
        .row{display:flex;flex-wrap:wrap;gap:.7rem 1rem;align-items:end}
        .fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.8rem 1rem;align-items:end}.fields .buttons{display:flex;gap:.5rem}
        .grid2{display:grid;grid-template-columns:1fr 1fr;gap:.8rem}
        summary{cursor:pointer;padding:.25rem 0;font-weight:550}summary:hover{color:var(--brand-dark)}
        .tabs ul{display:flex;gap:.4rem;list-style:none;padding:0;margin:0 0 1rem;overflow-x:auto;scrollbar-width:thin}
        .tabs a{display:flex;gap:.5rem;align-items:center;padding:.45rem .9rem;border:1px solid var(--line);border-radius:99px;background:#fff;color:var(--ink);text-decoration:none;white-space:nowrap}
        .tabs b{font-variant-numeric:tabular-nums;background:#eef0f3;border-radius:99px;padding:0 .55em;font-size:.88em;min-width:1.9em;text-align:center}
        .tabs a[aria-current]{background:var(--ink);border-color:var(--ink);color:#fff}.tabs a[aria-current] b{background:#fff;color:var(--ink)}
        .tab-red b{background:var(--red);color:var(--red-ink)}.tab-yellow b{background:var(--yellow);color:var(--yellow-ink)}
        .filter{margin:0 0 1rem}.filter[open]{background:#fff;border:1px solid var(--line);border-radius:12px;padding:.6rem 1.2rem 1rem}.filter summary{color:var(--link)}
        .seek details{margin-top:.7rem}.seek summary{color:var(--link)}.dot{background:var(--brand);color:#fff;border-radius:99px;padding:0 .5em;font-size:.8em}
        .savedbox{display:flex;flex-wrap:wrap;gap:.8rem 1.4rem;align-items:end;margin-top:1rem;padding-top:.8rem;border-top:1px dashed var(--line)}.saved{display:flex;flex-wrap:wrap;gap:.4rem 1rem;list-style:none;padding:0}.saved form{display:inline}
        .bar{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:0 0 1rem}.bar.bottom{margin-top:1rem}
        .rows{list-style:none;padding:0;margin:0 0 1rem}.rows>.row{display:grid;grid-template-columns:auto 1fr;gap:.1rem .9rem;background:#fff;border:1px solid var(--line);border-bottom-width:0;padding:.85rem 1.2rem}
        .rows>.row>*{grid-column:2}.bulk .rows>.row{grid-template-columns:1.3rem 1fr}.rows>.row>.pick{grid-column:1;grid-row:1/3;align-self:center}
        .rows>.row:first-child{border-radius:12px 12px 0 0}.rows>.row:last-child{border-bottom-width:1px;border-radius:0 0 12px 12px}.rows>.row:only-child{border-radius:12px}
        .rows>.row:hover{background:#fbfbfc}.row.here,tr.here{box-shadow:inset 4px 0 0 var(--brand)}
        .words a{color:var(--ink);text-decoration:none;font-size:1.05rem}.words a:hover q{text-decoration:underline;text-underline-offset:.25em;text-decoration-color:var(--soft)}
        q{quotes:"" ""}mark{background:var(--mark);color:inherit;border-bottom:2px solid var(--mark-line);padding:0 .06em;border-radius:2px 2px 0 0}
        .meta{display:flex;flex-wrap:wrap;gap:.3rem .75rem;align-items:center}
        .badge{display:inline-block;font-size:.82rem;line-height:1.5;padding:.02rem .55rem;border-radius:6px;background:#eef0f3;color:#36404d;white-space:nowrap}
        .badge.track-B{background:#f3e3f5;color:#6a1b7a;font-weight:650}.badge.track-A{background:var(--blue);color:var(--blue-ink)}.badge.track-C{background:var(--green);color:var(--green-ink)}
        .severity-high,.badge.red,.clock-red,.clock-late{background:var(--red);color:var(--red-ink);font-weight:650}.severity-medium,.badge.yellow,.clock-yellow{background:var(--yellow);color:var(--yellow-ink)}.badge.green,.clock-met{background:var(--green);color:var(--green-ink)}
        .badge.state{background:var(--ink);color:#fff}.badge.quiet{background:#fff;border:1px dashed #8d97a5}
        .unverified{font-size:.82rem;color:var(--soft);border:1px solid #aab3be;border-radius:6px;padding:0 .45rem;white-space:nowrap}
        .crumbs{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:0 0 .8rem}
        .titleline{display:flex;flex-wrap:wrap;gap:.4rem .6rem;align-items:center;margin:0 0 1rem}.titleline h1{margin:0 .4rem 0 0}
        .split{display:grid;grid-template-columns:minmax(0,1.25fr) minmax(20rem,1fr);gap:1rem;align-items:start}
        .said .big,.said.big{font-size:1.3rem;line-height:1.75}.big{display:block;max-height:26rem;overflow:auto;white-space:pre-wrap}
        .quoted{border-left:3px solid var(--line);margin:0 0 .8rem;padding:.1rem 0 .1rem .9rem;color:var(--soft);white-space:pre-wrap}.quoted p{font-size:.82rem;margin:0}
        blockquote{margin:.3rem 0 .5rem;padding:.35rem .9rem;border-left:3px solid var(--line);white-space:pre-wrap}
        .why{list-style:none;padding:0}.why li{padding:.3rem 0;border-bottom:1px solid #eef0f3}
        .decide form{display:flex;flex-direction:column;gap:.9rem}.decide p{margin:-.5rem 0 0}
        fieldset{border:0;padding:0;margin:0;min-width:0}legend{font-size:.9rem;font-weight:550;padding:0;margin:0 0 .35rem}
        .verdicts{display:flex;flex-wrap:wrap;gap:.45rem}.verdicts legend{width:100%}
        .choice{flex-direction:row;align-items:center;gap:.5rem;border:1px solid #b9c0ca;border-radius:8px;padding:.4rem .75rem;min-height:2.6rem;cursor:pointer;font-weight:550}.choice:has(:checked){border-color:var(--brand);background:#fbefee;box-shadow:inset 0 0 0 1px var(--brand)}
        .similar ul{list-style:none;padding:0}.similar li{display:flex;flex-wrap:wrap;gap:.2rem .8rem;padding:.25rem 0}.similar label{flex-direction:row;gap:.5rem;align-items:center}
        .live .for-misconduct,.live .for-dismiss,.live .for-repeat,.live .similar{display:none}
        .live[data-verdict=misconduct] .for-misconduct,.live[data-verdict=nothing] .for-dismiss,.live[data-verdict=repeat] .for-repeat{display:flex}.live[data-verdict=repeat] .similar{display:block}
        .live[data-verdict=nothing] .for-case,.live[data-verdict=repeat] .for-case{display:none}
        .scroll{overflow-x:auto;margin:0 0 1rem}.scroll table:not(.cases){min-width:34rem}form+p.small{margin-top:.7rem}p+h2,ul+h2,.meta+h2{margin-top:1.3rem}.card>.scroll:last-child{margin:0}
        table{border-collapse:collapse;width:100%;font-size:.94rem;background:#fff}th,td{padding:.5rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid #e7eaee}thead th{font-size:.84rem;color:var(--soft);font-weight:600;white-space:nowrap;border-bottom:1px solid #b9c0ca}tbody th{font-weight:600}
        table.cases{border:1px solid var(--line);border-radius:12px;border-collapse:separate;border-spacing:0}.cases th[scope=row]{white-space:nowrap}.cases td:nth-child(6),.cases td:nth-child(7),td time{white-space:nowrap}
        .below{margin-top:1rem}table.numbers td{font-variant-numeric:tabular-nums}.plain td{white-space:nowrap}.wrap{overflow-wrap:anywhere}.log td{white-space:nowrap}.log td.wrap{white-space:normal}
        .late{color:var(--red-ink);font-weight:650}.soon{color:var(--yellow-ink);font-weight:650}
        .pager{display:flex;gap:.8rem;align-items:center;justify-content:center;margin:1rem 0}
        .facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:.6rem 1.2rem;margin:.8rem 0 0}.facts dt{font-size:.84rem;color:var(--soft)}.facts dd{margin:0}
        .summary{font-size:1.15rem;line-height:1.75;white-space:pre-wrap}
        .timeline{list-style:none;padding:0;margin:0}.event{display:grid;grid-template-columns:6.6rem 1fr;gap:.2rem 1.3rem;padding:0 0 .8rem;position:relative}.event time{color:var(--soft);font-variant-numeric:tabular-nums;font-size:.92rem}
        .event>div{border-left:2px solid var(--line);padding:0 0 .3rem 1.2rem;margin-bottom:-.8rem;position:relative}.event>div::before{content:"";position:absolute;left:-6px;top:.5rem;width:10px;height:10px;border-radius:50%;background:#fff;border:2px solid var(--brand)}.event p{margin:0 0 .3rem}
        .acts .act,.act{border:1px solid var(--line);border-radius:8px;margin:0 0 .45rem;background:#fff}.act>summary{padding:.5rem .9rem}.act[open]>summary{border-bottom:1px solid var(--line)}.act>form{padding:.9rem}.later{margin-top:.8rem;font-size:.92rem}
        td .act{min-width:9rem}td.ways .act{display:inline-block;vertical-align:top;margin:0 .4rem .2rem 0}td .act>summary{padding:.25rem .7rem;font-size:.92rem}
        .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.8rem;list-style:none;padding:0;margin:0 0 1.2rem}.tiles li>div{display:block;border:1px dashed var(--line);border-radius:12px;padding:.8rem 1.1rem}.tiles a{display:block;background:#fff;border:1px solid var(--line);border-radius:12px;padding:.8rem 1.1rem;text-decoration:none;color:var(--ink);box-shadow:var(--shadow)}.tiles li>*{height:100%}.tiles b{display:block;font-size:1.9rem;line-height:1.2;font-variant-numeric:tabular-nums}.tiles span{color:var(--soft)}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr));gap:1rem}.chart{margin:0}.chart>svg{width:100%;display:block;margin-bottom:.6rem}.chart rect{fill:#a63c33}.chart text{font-size:13px;fill:var(--ink)}.chart .value{font-weight:650}
        .drop{border:2px dashed #8d97a5;border-radius:12px;padding:1.5rem;display:flex;flex-direction:column;gap:.9rem;align-items:flex-start}.drop.over{border-color:var(--brand);background:#fbefee}.drop label b{font-size:1.15rem}.drop progress{width:100%;height:1rem}
        .jobs{list-style:none;padding:0}.jobs li{padding:.4rem 0;border-bottom:1px solid #eef0f3}.columns{columns:14rem}
        .township{border-bottom:1px solid #eef0f3}p.township{margin:0;padding:.25rem 0}.topics{list-style:none;padding:0;columns:15rem}.topics>li{padding:.15rem 0}.topics ul{column-span:all;padding:.4rem 0 .8rem 1.2rem}.topics [aria-current]{font-weight:650}
        dialog{border:0;border-radius:14px;padding:1.4rem 1.6rem;box-shadow:0 12px 48px rgba(0,0,0,.3);max-width:28rem;width:92vw}dialog::backdrop{background:rgba(20,27,38,.5)}dialog dl>div{display:flex;gap:1rem;padding:.3rem 0}dialog dt{min-width:5rem}dialog dd{margin:0}
        .stamp{color:var(--soft);font-size:.9rem}.visit .line{display:grid;grid-template-columns:9rem 1fr;gap:1rem;padding:.5rem 0}.visit dd{margin:0;border-bottom:1px solid #8d97a5;min-height:2.6rem}
        @media (max-width:60rem){.split{display:flex;flex-direction:column;align-items:stretch;gap:0}.split>div{display:contents}.split .said{order:-2}.split .decide{order:-1}}
        @media (max-width:44rem){body{font-size:15.5px}.top{padding:.4rem .9rem;position:static}.top nav{order:3;flex-basis:100%}.top nav ul,.tabs ul{flex-wrap:wrap;overflow:visible}.top nav a{padding:.35rem .5rem}.tabs ul{gap:.35rem}.tabs a{padding:.3rem .7rem}.page{padding:1rem .9rem 2rem}.card{padding:.95rem 1rem}.person span{display:none}.grid2{grid-template-columns:1fr}.said .big{font-size:1.15rem}.event{grid-template-columns:1fr}.rows>.row{padding:.8rem .9rem}.crumbs .button{padding:.3rem .6rem}.verdicts .choice{flex:1 1 45%}.row>label{flex:1 1 100%}.fields{grid-template-columns:repeat(2,minmax(0,1fr))}.fields .buttons,.fields fieldset{grid-column:1/-1}
        table.fold thead{display:none}.scroll table.fold{min-width:0}table.fold,table.fold tbody,table.fold tr,table.fold th,table.fold td{display:block;width:100%;border:0;padding:.1rem 0}table.fold tr{border-bottom:1px solid var(--line);padding:.7rem 1rem}table.fold td.none{display:none}table.fold td[data-label]::before{content:attr(data-label) " ";color:var(--soft)}table.numbers.fold td{display:inline-block;width:auto;margin-right:.9rem}table.numbers.fold tr{padding:.6rem 0}}
        @media (scripting:none){kbd,.keys{display:none}}
        @media (pointer:coarse){kbd,.keys{display:none}}
        @media print{.top,.foot,.noprint,.notice,dialog,.skip{display:none}body{background:#fff;font-size:11pt}.card{border:0;box-shadow:none;padding:.4rem 0}.page{padding:0;max-width:none}.badge{border:1px solid #555;background:none!important;color:#000!important}a{color:#000;text-decoration:none}}
        @media (prefers-reduced-motion:no-preference){.button,button,.tabs a{transition:background-color .12s,border-color .12s}}
        """#
}
