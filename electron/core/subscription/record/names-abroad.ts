import type { FieldRole } from './field-role.ts';

/**
 * What people call the columns of their own tables in languages other than English, in lower case and with only letters and digits; a name
 * before the colon is that of an attribute. Only names that do not mean something else in another of these languages.
 */
const WORDS: Readonly<Record<string, string>> = {
  endpoint:
    'puntodeconexión puntodeconexion puntodeacceso puntofinal pointdeterminaison pointdaccès urlpush endpunkt zustelladresse pushadresse pontofinal pontodeacesso eindpunt punktkońcowy punktkoncowy конечнаяточка эндпоинт кінцеваточка エンドポイント 端点 终端 終端 推送地址 엔드포인트 slutpunkt ändpunkt päätepiste koncovýbod végpont uçnokta نقطةالنهاية',
  p256dh:
    'clavepública clavepublica llavepública llavepublica clépublique clepublique öffentlicherschlüssel oeffentlicherschluessel chavepública chavepublica chiavepubblica publiekesleutel openbaresleutel kluczpubliczny открытыйключ публичныйключ відкритийключ 公開鍵 公钥 公鑰 공개키 offentlignyckel offentlignøgle veřejnýklíč açıkanahtar',
  auth: 'secretoauth authgeheimnis secretdauthentification segredoauth segretoauth authsecreto claveauth cléauth schlüsselauth authschlüssel authgeheim sekretauth segredo segreto secreto geheimnis geheim sekret chavedeautenticação chavedeautenticacao segredodeautenticação segredodeautenticacao clavedeautenticación clavedeautenticacion chiavedautenticazione clédauthentification cledauthentification authentifizierungsschlüssel ключаутентификации 認証 認証シークレット 認証キー 认证密钥 认证 인증키',
  label:
    'nombrecompleto nombreyapellidos nomcomplet nométprénom nometprénom prénomnom vollername anzeigename spitzname nomecompleto nomecognome volledigenaam imięinazwisko фио полноеимя піб 氏名 姓名 名前 お名前 フルネーム 名字 昵称 用户名 이름 성명 namn navn fullständigtnamn nimi jméno celéjméno név teljesnév adsoyad الاسم الاسمالكامل שם नाम ชื่อ hovaten nombredeusuario nomdutilisateur benutzername gebruikersnaam nazwaużytkownika nomedeusuário nomeutente имяпользователя ユーザー名',
  first:
    'nombre nombredepila prénom prenom vorname nome primeironome voornaam imię imie имя имʼя імя förnamn fornavn etunimi křestníjméno keresztnév الاسمالأول 名',
  last: 'apellido apellidos nom nomdefamille nachname familienname sobrenome apelido cognome achternaam nazwisko фамилия прізвище efternamn etternavn sukunimi příjmení vezetéknév soyad اسمالعائلة 姓',
  email:
    'correo correoelectrónico correoelectronico direccióndecorreo courriel adresseemail adressemail adressecourriel mailadresse emailadresse epost epostadress epostadresse posta postaelettronica indirizzoemail correioeletrônico correioeletronico enderecodeemail endereçodeemail adresemail poczta электроннаяпочта почта емейл имейл електроннапошта пошта эпочта メール メールアドレス eメール 邮箱 电子邮件 电子邮箱 郵件 電子郵件 이메일 sähköposti eposta البريدالإلكتروني דואל אימייל ईमेल อีเมล thưđiệntử mail correoe',
  externalId:
    'kundennummer kundennr kundenid benutzerid benutzernummer mitgliedsnummer mitgliedsnr iddeusuario idusuario iddecliente idcliente númerodecliente numerodecliente idutilisateur idclient numéroclient numeroclient idutente clientenummer klantnummer klantid gebruikersid idużytkownika idklienta numerklienta idпользователя idклиента кодклиента ユーザーid 会員番号 顧客番号 用户编号 用户id 客户编号 会员编号 사용자id 회원번호 kundnummer kundenummer användarid asiakasnumero',
  who: 'kunde kundin cliente klant klient клиент клієнт 顧客 お客様 客户 客戶 고객 usuario utilisateur benutzer benutzerin nutzer gebruiker użytkownik utente usuário пользователь користувач ユーザー 用户 사용자 abonnent abonnentin suscriptor assinante iscritto mitglied miembro membre membro член участник 会員 会员 회원 empfänger destinatario destinataire',
  tags: 'etiqueta etiquetas étiquette étiquettes etiquettes schlagwort schlagwörter schlagworte etichetta etichette labelsgroep trefwoorden etykieta etykiety тег теги метки метка タグ 标签 標籤 태그 taggar etiketter tunnisteet štítky címkék etiketler grupo grupos groupe groupes gruppe gruppen gruppo gruppi groep groepen grupa grupy группа группы група групи グループ 分组 그룹 segmento segmentos tema temas thème thèmes thema themen tema интересы',
  addedAt:
    'fechadealta fechaalta fechaderegistro fechadecreación creadoel inscritle dateinscription datedinscription datedajout créele creele datedecréation angemeldetam anmeldedatum hinzugefügtam erstelltam registriertam datadecadastro criadoem datadicreazione iscrittoil datadiscrizione aangemaaktop aangemeldop datautworzenia datarejestracji датарегистрации датасоздания создан добавлен 登録日 登録日時 作成日 注册时间 创建时间 가입일 skapad oprettet',
  expirationTime:
    'caducidad fechadecaducidad vencimiento expirele ablaufdatum läuftabam gültigbis validade scadenza vervaldatum ważnedo срокдействия 有効期限 过期时间',
  'attribute:language':
    'idioma lengua langue sprache língua lingua taal język jezyk язык мова 言語 语言 語言 언어 språk sprog kieli jazyk nyelv اللغة שפה भाषा ภาษา ngônngữ',
  'attribute:timeZone':
    'zonahoraria fuseauhoraire zeitzone fusohorário fusohorario fusoorario tijdzone strefaczasowa часовойпояс часовийпояс タイムゾーン 时区 時區 시간대 tidszon aikavyöhyke',
  'attribute:city':
    'ciudad ville stadt wohnort cidade città citta stad miasto город місто 都市 市区町村 城市 도시 kaupunki město város şehir المدينة עיר शहर เมือง thànhphố',
  'attribute:country':
    'país pais pays land paese nazione kraj страна країна 国 国家 國家 국가 maa země ország ülke الدولة البلد ארץ देश ประเทศ quốcgia',
  'attribute:platform':
    'plataforma plateforme plattform piattaforma platforma платформа プラットフォーム 平台 플랫폼',
  'attribute:browser':
    'navegador navigateur przeglądarka браузер ブラウザ ブラウザー 浏览器 瀏覽器 브라우저 webbläsare nettleser selain prohlížeč tarayıcı',
  'attribute:phone':
    'teléfono telefono téléphone telefon telefonnummer telefoon телефон 電話 电话 電話番号 전화 puhelin',
  'attribute:company':
    'empresa entreprise société firma unternehmen azienda bedrijf компания компанія 会社 公司 회사 yritys',
};

export interface NameAbroad {
  readonly role: FieldRole;
  /** For an attribute: its name here. */
  readonly name?: string;
  /** For one that may be a name or an id. */
  readonly sure?: 1;
}

const ROLES = new Map<string, NameAbroad>();
for (const [what, words] of Object.entries(WORDS)) {
  const [kind = '', name] = what.split(':');
  const known: NameAbroad =
    kind === 'first' || kind === 'last'
      ? { role: kind === 'first' ? 'firstName' : 'lastName' }
      : kind === 'who'
        ? { role: 'externalId', sure: 1 }
        : name === undefined
          ? { role: kind as FieldRole }
          : { role: 'attribute', name };
  for (const word of words.split(' ')) if (!ROLES.has(word)) ROLES.set(word, known);
}

/** What a name in another language stands for; `null`: it is not known. @param plain lower case, only letters and digits */
export const nameAbroad = (plain: string): NameAbroad | null => ROLES.get(plain) ?? null;
