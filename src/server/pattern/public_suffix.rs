//! Domains under which anyone can register a name, from a short list.

use core::cmp::Ordering;

use crate::grammar::const_bytes as bytes;

/// Whether a wildcard over `domain` matches names that anyone can register: a domain of one label, a shared suffix of the
/// list, or a region of one.
///
/// <https://publicsuffix.org/>
// AD-HOC: a policy is checked by the same list with all features, at compile time and at run time, so the list is short and
// changes with the crate's version. The whole public suffix list is for lints:
// `Policy::lint_with`.
pub(super) const fn is_public_suffix(domain: &[u8]) -> bool {
    let Some(dot) = bytes::find(domain, b'.') else { return true };
    let below = bytes::split_at(domain, dot + 1).1;
    contains(PUBLIC_SUFFIXES, domain) || is_within_regional(domain) || contains(REGIONAL, below)
}

/// Suffixes of Amazon. Services and regions come in any order and depth, and a bucket's name may have dots.
const fn is_within_regional(domain: &[u8]) -> bool {
    bytes::ends_with(domain, b".amazonaws.com") || bytes::ends_with(domain, b".amazonaws.com.cn")
}

/// Whether a sorted list has this domain.
// OPTIMIZATION: the list is one text, because pointers to its words would double its size, by 4 KB of WebAssembly. The
// search bisects it at the word around the middle byte.
const fn contains(sorted: &str, domain: &[u8]) -> bool {
    let mut rest = sorted.as_bytes();
    while !rest.is_empty() {
        let (left, right) = bytes::split_at(rest, rest.len() / 2);
        let start = match bytes::find_last(left, b' ') {
            Some(blank) => blank + 1,
            None => 0,
        };
        let end = match bytes::find(right, b' ') {
            Some(blank) => left.len() + blank,
            None => rest.len(),
        };
        let (before, word) = bytes::split_at(bytes::split_at(rest, end).0, start);
        match bytes::cmp(domain, word) {
            Ordering::Equal => return true,
            Ordering::Less => rest = bytes::split_at(before, start.saturating_sub(1)).0,
            Ordering::Greater => rest = bytes::split_at(rest, end + 1).1,
        }
    }
    false
}

/// Suffixes below which a region is a shared suffix too; sorted.
const REGIONAL: &str = "\
    amazonaws.com \
    amazonaws.com.cn \
    awsapprunner.com \
    azurecontainer.io \
    azurecontainerapps.io \
    azurestaticapps.net \
    backblazeb2.com \
    cloudapp.azure.com \
    devtunnels.ms \
    digitaloceanspaces.com \
    elasticbeanstalk.com \
    lambda-url.on.aws \
    linodeobjects.com \
    on.aws \
    oraclecloudapps.com \
    platformsh.site \
    r.appspot.com \
    run.app \
    wasabisys.com \
    web.core.windows.net";

/// Hosting services, tunnels and dynamic names under which anyone can have a name, and registries of two labels; sorted. The parents
/// of a suffix are in the list too: `*.windows.net` matches all of `*.core.windows.net`.
const PUBLIC_SUFFIXES: &str = "\
    000webhostapp.com \
    a.run.app ac.ae ac.at ac.cn ac.cr ac.cy ac.id ac.il ac.in ac.jp ac.ke ac.kr \
    ac.nz ac.th ac.tz ac.ug ac.uk ac.za ac.zw ad.jp adaptable.app akamaized.net \
    amazonaws.com amazonaws.com.cn amplifyapp.com ap.ngrok.io app.github.dev appspot.com art.br \
    art.do asn.au asso.fr atlassian.net au.ngrok.io av.tr awsapprunner.com azure-api.net \
    azure-mobile.net azure.com azurecontainer.io azurecontainerapps.io azureedge.net azurefd.net \
    azurestaticapps.net azurewebsites.net \
    b-cdn.net backblazeb2.com bel.tr biz.id biz.pl blob.core.windows.net blog.br blogspot.com \
    bolt.host bore.pub br.com bubbleapps.io \
    carrd.co cleverapps.io cloudapp.azure.com cloudapp.net cloudfront.net cloudfunctions.net \
    club.tw cn.com co.ae co.at co.com co.cr co.hu co.id co.il co.in co.jp co.ke \
    co.kr co.ma co.ni co.nz co.om co.rs co.th co.tt co.tz co.ug co.uk co.uz co.ve \
    co.za co.zm co.zw codeberg.page com.ar com.au com.bd com.bh com.bo com.br com.cn \
    com.co com.cu com.cy com.do com.dz com.ec com.ee com.eg com.es com.fj com.fr \
    com.ge com.gh com.gr com.gt com.hk com.hn com.hr com.is com.jm com.jo com.kh \
    com.kw com.kz com.la com.lb com.lk com.lv com.mm com.mo com.mt com.mx com.my \
    com.ng com.ni com.np com.om com.pa com.pe com.pg com.ph com.pk com.pl com.pr \
    com.pt com.py com.qa com.ro com.ru com.sa com.sg com.sv com.tn com.tr com.tt \
    com.tw com.ua com.uy com.uz com.ve com.vn com.zm coop.py core.windows.net csb.app \
    cyclic.app \
    ddns.net de.com deno.dev desa.id devtunnels.ms digitaloceanspaces.com dr.tr duckdns.org \
    dyndns.org \
    eco.br ed.jp edgecompute.app edgeone.app edu.ar edu.au edu.bd edu.br edu.cn edu.co \
    edu.eg edu.es edu.gh edu.gr edu.hk edu.in edu.it edu.lb edu.mn edu.mt edu.mx \
    edu.my edu.ng edu.np edu.pe edu.ph edu.pk edu.pl edu.pt edu.rs edu.sa edu.sg \
    edu.sv edu.tr edu.tw edu.ua edu.uy edu.vn elasticbeanstalk.com emp.br eu.com \
    eu.ngrok.io eu.org exp.direct expo.app expo.dev \
    fastly.net fi.cr fin.ec firebaseapp.com firm.in fly.dev force.com framer.app \
    framer.website from.hr \
    game.tw gb.net geek.nz gen.in gen.nz gen.tr gitbook.io github.dev github.io \
    githubpreview.dev gitlab.io gitpod.io glitch.me global.ssl.fastly.net go.cr go.id go.jp \
    go.ke go.kr go.th go.tz go.ug gob.ar gob.es gob.mx gob.pe googleapis.com gouv.fr \
    gov.ae gov.au gov.bd gov.br gov.cn gov.co gov.eg gov.gh gov.gr gov.hk gov.il \
    gov.in gov.it gov.lb gov.mn gov.my gov.ng gov.np gov.ph gov.pk gov.pl gov.pt \
    gov.sa gov.sg gov.tr gov.tw gov.ua gov.uk gov.vn gov.za govt.nz gr.jp gub.uy \
    gv.at \
    herokuapp.com hf.space hopto.org \
    id.au idv.hk idv.tw in.ngrok.io in.rs in.th in.ua ind.br ind.in info.hu info.pl \
    info.ro int.ar iz.hr \
    jp.ngrok.io jpn.com \
    k12.il kiev.ua kinsta.app kiwi.nz koyeb.app \
    lambda-url.on.aws law.za lg.jp lhr.life lightning.force.com linodeobjects.com \
    linodeusercontent.com loca.lt localhost.run localtunnel.me lovable.app ltd.uk \
    maori.nz me.uk med.ec med.sa mendixcloud.com mi.th modal.run msk.ru muni.il my.id \
    my.salesforce.com myqnapcloud.com myshopify.com \
    name.hr name.my name.vn ne.jp ne.ke ne.kr ne.tz neocities.org net.ae net.ar net.au \
    net.bd net.bh net.bo net.br net.cn net.co net.cu net.cy net.do net.dz net.ec \
    net.eg net.fj net.ge net.gr net.gt net.hk net.hn net.id net.il net.in net.is \
    net.jm net.jo net.kh net.kw net.kz net.la net.lb net.lk net.lv net.ma net.mm \
    net.mo net.mt net.mx net.my net.ng net.ni net.np net.nz net.om net.pa net.pe \
    net.pg net.ph net.pk net.pl net.pr net.py net.qa net.ru net.sa net.sg net.th \
    net.tn net.tr net.tt net.tw net.ua net.uk net.uy net.uz net.ve net.vn net.za \
    netlify.app netlify.com ngrok-free.app ngrok-free.dev ngrok.app ngrok.dev ngrok.io nhs.uk \
    nic.in nip.io no-ip.org nom.co nom.es nom.fr nom.pe northflank.app notion.site now.sh \
    on.aws ondigitalocean.app onrender.com or.at or.cr or.id or.jp or.ke or.kr or.th \
    or.tz or.ug oraclecloudapps.com org.ae org.ar org.au org.bd org.bh org.bo org.br \
    org.cn org.co org.cu org.cy org.do org.dz org.ec org.eg org.es org.fj org.ge \
    org.gh org.gr org.gt org.hk org.hn org.hu org.il org.in org.is org.jm org.jo \
    org.kh org.kw org.kz org.la org.lb org.lk org.lv org.ma org.mm org.mn org.mo \
    org.mt org.mx org.my org.ng org.ni org.np org.nz org.om org.pa org.pe org.pg \
    org.ph org.pk org.pl org.pr org.pt org.py org.qa org.ro org.rs org.ru org.sa \
    org.sg org.sv org.tn org.tr org.tt org.tw org.ua org.uk org.uy org.uz org.ve \
    org.vn org.za org.zm org.zw outsystemscloud.com \
    pagekite.me pages.dev pantheonsite.io pe.kr per.sg platformsh.site plc.uk \
    powerappsportals.com pri.ee pythonanywhere.com \
    r.appspot.com r2.dev railway.app re.kr readthedocs.io repl.co replit.app replit.dev \
    ru.com run.app \
    sa.com sa.ngrok.io salesforce.com scalingo.io sch.id sch.uk school.nz serveo.net \
    sharepoint.com sourceforge.io sourceforge.net spb.ru squarespace.com ssl.fastly.net sslip.io \
    stackblitz.io storage.googleapis.com store.ro stormkit.dev streamlit.app supabase.co \
    supabase.in surge.sh synology.me \
    tiiny.site trafficmanager.net translate.goog trycloudflare.com ts.net tumblr.com tunnelmole.net \
    uk.com up.railway.app upsun.app us.com us.ngrok.io \
    vercel.app \
    wasabisys.com waw.pl web.app web.core.windows.net web.do web.id web.tr web.ve web.za \
    webcontainer.io webflow.io weebly.com windows.net wixsite.com wordpress.com workers.dev \
    wpengine.com \
    xip.io \
    za.com zeabur.app zendesk.com";

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{format, vec::Vec};

    use super::*;

    #[test]
    fn the_lists_are_sorted_and_every_entry_is_found() {
        for list in [REGIONAL, PUBLIC_SUFFIXES] {
            assert!(list.split(' ').is_sorted_by(|a, b| a < b));
            for suffix in list.split(' ') {
                assert!(contains(list, suffix.as_bytes()), "{suffix}");
                let mut parents = suffix.match_indices('.').map(|(dot, _)| &suffix[dot + 1..]);
                assert!(parents.all(|parent| is_public_suffix(parent.as_bytes())), "{suffix}");
            }
        }
    }

    #[test]
    fn neighbours_of_entries_are_not_found() {
        for list in [REGIONAL, PUBLIC_SUFFIXES] {
            let words: Vec<&str> = list.split(' ').collect();
            for word in &words {
                let (first, last) = (&word[1..], &word[..word.len() - 1]);
                let pair = format!("{word} {word}");
                for other in
                    ["", " ", first, last, &format!("{word}a"), &format!("a{word}"), &format!("{word} "), &pair]
                {
                    assert_eq!(contains(list, other.as_bytes()), words.contains(&other), "{other}");
                }
            }
        }
    }

    #[test]
    fn registrable_domain_is_not_a_public_suffix() {
        for shared in [
            "com",
            "io",
            "github.io",
            "co.uk",
            "s3.amazonaws.com",
            "s3.eu-west-1.amazonaws.com",
            "s3-eu-west-1.amazonaws.com",
            "my.bucket.s3.amazonaws.com",
            "windows.net",
            "z6.web.core.windows.net",
            "a.run.app",
            "europe-west1.run.app",
            "2.azurestaticapps.net",
            "uc.r.appspot.com",
            "execute-api.us-east-1.amazonaws.com",
        ] {
            assert!(is_public_suffix(shared.as_bytes()), "{shared}");
        }
        for own in [
            "example.com",
            "app.example",
            "acme.github.io",
            "evilgithub.io",
            "b.co.uk",
            "xco.uk",
            "team.vercel.app",
            "notamazonaws.com",
        ] {
            assert!(!is_public_suffix(own.as_bytes()), "{own}");
        }
    }
}
